import { expect, it } from "vitest";
import { describeEachPlatform } from "../testing/index.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { startRun } from "./start-run.ts";
import { CASE_COUNT, furnishTenant, openEvalWorld } from "./testing/eval-world.ts";
import { turnShares } from "./turn-shares.ts";

const SUITE = { suite: "triage-suite" };
const BANK_CASES = 5;

describeEachPlatform("the runs of a process", (open) => {
  it("have one share of its turns together, to begin, to send and to score every case", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank, test } = world;
    await furnishTenant(bank, BANK_CASES);
    for (const by of [airline, bank]) {
      await world.addVersion("skill 0", by);
      await startRun(by, SUITE);
    }
    const shares = turnShares(test.platform.store);
    const takenOf = Object.values(shares).map((share) => {
      const taken: string[] = [];
      const take = share.take.bind(share);
      Object.assign(share, {
        take: (tenantId: string) => {
          taken.push(tenantId);
          return take(tenantId);
        },
      });
      return taken;
    });
    const { signal } = new AbortController();
    const works = ["first", "second"].map((workerId) => executeNextRun(test.platform, { workerId, signal }));
    expect(await Promise.all(works)).toEqual([true, true]);
    const each = [
      ...Array(CASE_COUNT).fill(airline.tenant.tenantId),
      ...Array(BANK_CASES).fill(bank.tenant.tenantId),
    ].toSorted();
    expect(takenOf.map((taken) => taken.toSorted())).toEqual([each, each, each]);
  });
});

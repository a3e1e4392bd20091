import { expect, it } from "vitest";
import { listAudit } from "../access/list-audit.ts";
import type { Context } from "../context.ts";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { approveChange } from "./approve-change.ts";
import { getChange } from "./get-change.ts";
import { getPromotion } from "./get-promotion.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { openTeam } from "./testing/open-team.ts";
import { PRODUCTION, refusalOf, servedVersion } from "./testing/promotion-probes.ts";
import { withdrawChange } from "./withdraw-change.ts";

const GATE = { prompt: "triage", label: "production", suite: "triage-suite" };

/** The same caller, with something done around each of its transactions. */
function around(
  context: Context,
  on: { read?: (work: () => Promise<unknown>) => Promise<unknown>; beforeWrite?: () => Promise<void> },
): Context {
  const { tenant } = context;
  const { read = (work) => work(), beforeWrite } = on;
  return {
    ...context,
    tenant: {
      ...tenant,
      read: (async (work) => await read(() => tenant.read(work))) as typeof tenant.read,
      write: async (work) => {
        await beforeWrite?.();
        return await tenant.write(work);
      },
    },
  };
}

/** The same caller, and how many of its reads were under way at once. */
function countingReads(context: Context): { counted: Context; mostAtOnce: () => number } {
  let [active, most] = [0, 0];
  const read = async (work: () => Promise<unknown>) => {
    active += 1;
    most = Math.max(most, active);
    return await work().finally(() => {
      active -= 1;
    });
  };
  return { counted: around(context, { read }), mostAtOnce: () => most };
}

describeEachPlatform("a label's move", (open) => {
  it("is refused before the write, which then holds the refusal's entry alone", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, GATE);
    await world.addVersion("skill 0");
    let writes = 0;
    const counted = around(airline, {
      beforeWrite: async () => {
        writes += 1;
      },
    });
    const refusal = await refusalOf(moveLabel(counted, { ...PRODUCTION, version: 1 }));
    expect(refusal.code).toBe("gate_refused");
    expect(writes).toBe(1);
    const { items } = await listAudit(airline, { limit: 5 });
    expect(items.filter(({ action }) => action === "label.refused")).toHaveLength(1);
    await refusalOf(moveLabel(counted, { ...PRODUCTION, version: 1, expectedVersion: 7 }));
    expect(writes).toBe(1);
  });

  it("is decided again in the write, whatever the read before it permitted", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    for (const text of ["skill 0", "skill 1"]) await world.addVersion(text);
    await moveLabel(airline, { ...PRODUCTION, version: 1 });
    let isGated = false;
    const overtaken = around(airline, {
      beforeWrite: async () => {
        if (!isGated) await setGate(airline, GATE);
        isGated = true;
      },
    });
    const refusal = await refusalOf(moveLabel(overtaken, { ...PRODUCTION, version: 2 }));
    expect(refusal.code).toBe("gate_refused");
    expect(await servedVersion(airline)).toBe(1);
  });

  it("is looked at and decided by one of a tenant's requests at a time", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, GATE);
    await world.addVersion("skill 0");
    const { counted, mostAtOnce } = countingReads(airline);
    const move = { ...PRODUCTION, version: 1 };
    const asked = [1, 2, 3].flatMap(() => [
      getPromotion(counted, { prompt: "triage", label: "production", version: 1 }),
      moveLabel(counted, { ...move, dryRun: true }),
      moveLabel(counted, move).catch(() => undefined),
    ]);
    await Promise.all(asked);
    expect(mostAtOnce()).toBe(1);
  });
});

describeEachPlatform("an approval", (open) => {
  it("is refused without a write", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, propose } = await openTeam(world);
    const changeId = await propose(await world.addVersion("skill 1", author));
    const closed = around(approver, { beforeWrite: async () => expect.unreachable("nothing is written") });
    expect(await refusalOf(approveChange(closed, { changeId }))).toMatchObject({ code: "gate_refused" });
  });

  it("is decided again in the write, whatever the read before it permitted", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, propose } = await openTeam(world);
    const changeId = await propose();
    const overtaken = around(approver, {
      beforeWrite: async () => {
        await withdrawChange(author, { changeId, reason: "too early" });
      },
    });
    expect(await refusalOf(approveChange(overtaken, { changeId }))).toMatchObject({ code: "conflict" });
    expect(await getChange(author, { changeId })).toMatchObject({ status: "withdrawn" });
  });

  it("is looked at and decided by one of a tenant's requests at a time", async () => {
    await using world = await openEvalWorld(open);
    const { approver, propose } = await openTeam(world);
    const changeId = await propose();
    const { counted, mostAtOnce } = countingReads(approver);
    const asked = [1, 2, 3].flatMap(() => [
      getChange(counted, { changeId }),
      approveChange(counted, { changeId }).catch(() => undefined),
    ]);
    await Promise.all(asked);
    expect(mostAtOnce()).toBe(1);
  });
});

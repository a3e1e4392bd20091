import { LIMITS } from "@assay/core";
import { expect, it } from "vitest";
import { describeEachPlatform } from "../testing/index.ts";
import { getRunBreakdown } from "./get-run-breakdown.ts";
import { getRunCase } from "./get-run-case.ts";
import { listComparedCases } from "./list-compared-cases.ts";
import { listRunResults } from "./list-run-results.ts";
import { CASE_COUNT, casesOf, type EvalWorld, openEvalWorld } from "./testing/eval-world.ts";

/** What one answer may be: its rows, and a little around them. */
const ANSWER_MAX = LIMITS.pageBytesMax * 1.1;
const LONG = "word ".repeat(20_000);

/** A run whose answers are several times as long as a page may be. */
async function evaluateLong(world: EvalWorld, text: string) {
  world.test.platform.engine.answerWith(() => LONG + text);
  return await world.evaluate(await world.addVersion(text));
}

describeEachPlatform("results that are long", (open) => {
  it("come in pages of few, and all of them come", async () => {
    await using world = await openEvalWorld(open);
    const { id: runId } = await evaluateLong(world, "one");
    const keys: string[] = [];
    let pages = 0;
    let cursor: string | undefined;
    do {
      const page = await listRunResults(world.airline, { runId, limit: 200, ...(cursor && { cursor }) });
      expect(JSON.stringify(page).length).toBeLessThan(ANSWER_MAX);
      keys.push(...page.items.map(({ caseKey }) => caseKey));
      cursor = page.nextCursor ?? undefined;
      pages += 1;
    } while (cursor !== undefined);
    expect(keys).toEqual(Array.from({ length: CASE_COUNT }, (_, n) => `case-${n}`));
    expect(pages).toBeGreaterThan(4);
    const breakdown = await getRunBreakdown(world.airline, { runId });
    expect(breakdown.scores[0]).toMatchObject({ notPassed: CASE_COUNT });
  });

  it("of a case that was repeated come as far as they fit, and say that there are more", async () => {
    await using world = await openEvalWorld(open);
    const [first] = casesOf(1);
    await world.importCasesOf(first === undefined ? [] : [first]);
    await world.putSuite({ repeats: 20 });
    const { id: runId } = await evaluateLong(world, "one");
    const found = await getRunCase(world.airline, { runId, key: "case-0" });
    expect(found.hasMoreRepeats).toBe(true);
    expect(found.results.length).toBeGreaterThan(1);
    expect(JSON.stringify(found).length).toBeLessThan(ANSWER_MAX);
  });

  it("are compared by their beginnings", async () => {
    await using world = await openEvalWorld(open);
    const [one, other] = [await evaluateLong(world, "one"), await evaluateLong(world, "other")];
    const page = await listComparedCases(world.airline, { runs: `${one.id},${other.id}`, limit: 200 });
    expect(page.items).toHaveLength(CASE_COUNT);
    expect(page.nextCursor).toBeNull();
    for (const { outcomes } of page.items) {
      expect(outcomes.map(({ output }) => output)).toEqual([
        LONG.slice(0, LIMITS.comparedOutputCharsMax),
        LONG.slice(0, LIMITS.comparedOutputCharsMax),
      ]);
    }
  });
});

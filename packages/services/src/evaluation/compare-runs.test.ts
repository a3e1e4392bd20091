import { expect, test } from "vitest";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { createPrompt } from "../registry/create-prompt.ts";
import { putSuite } from "../registry/put-suite.ts";
import { callerWith, contentOf, describeEachPlatform } from "../testing/index.ts";
import { compareRuns } from "./compare-runs.ts";
import { listComparedCases } from "./list-compared-cases.ts";
import { startRun } from "./start-run.ts";
import { furnishTenant, MODEL, openEvalWorld, SPEC } from "./testing/eval-world.ts";

const page = { limit: 50 };

describeEachPlatform("a comparison of runs", (open) => {
  test("says of each run how it differs from the first, with intervals, flips, tags and the Pareto view", async () => {
    await using world = await openEvalWorld(open);
    const before = await world.evaluate(await world.addVersion("skill 3"));
    const now = await world.evaluate(await world.addVersion("skill 9"));
    const comparison = await compareRuns(world.airline, { runs: `${before.id},${now.id}` });
    expect(comparison).toMatchObject({
      dataset: "tickets",
      runs: [
        { runId: before.id, promptVersion: 1, deltas: null, dominated: "no", isPart: false },
        {
          runId: now.id,
          promptVersion: 2,
          deltas: {
            score: { difference: { mean: -0.1 }, pairs: 60 },
            metrics: [{ name: "exact-match", difference: { mean: -0.1 }, pairs: 60 }],
            tags: [{ tag: "critical", difference: { mean: -0.5 }, pairs: 6 }],
            losses: 6,
            gains: 0,
            unpaired: 0,
          },
        },
      ],
    });
    expect(comparison.runs[0]?.passShare.mean).toBeCloseTo(57 / 60, 12);
    const { lower, upper } = comparison.runs[1]?.deltas?.score.difference ?? {};
    expect(lower).toBeLessThan(-0.1);
    expect(upper).toBeGreaterThan(-0.1);
  });

  test("shows the cases that were lost first, page by page, with what each run answered", async () => {
    await using world = await openEvalWorld(open);
    const before = await world.evaluate(await world.addVersion("skill 3"));
    const now = await world.evaluate(await world.addVersion("unskill 58"));
    const runs = `${before.id},${now.id}`;
    const first = await listComparedCases(world.airline, { runs, limit: 4 });
    const second = await listComparedCases(world.airline, { runs, limit: 4, cursor: first.nextCursor ?? "" });
    const rows = [...first.items, ...second.items];
    expect(rows.map(({ caseKey, change }) => `${change} ${caseKey}`)).toEqual([
      "lost case-58",
      "lost case-59",
      "gained case-0",
      "gained case-1",
      "gained case-2",
      "same case-10",
      "same case-11",
      "same case-12",
    ]);
    expect(rows[0]?.outcomes).toEqual([
      {
        runId: before.id,
        status: "scored",
        score: 1,
        passed: true,
        metrics: [{ name: "exact-match", score: 1 }],
        output: "a58",
        reason: null,
      },
      {
        runId: now.id,
        status: "scored",
        score: 0,
        passed: false,
        metrics: [{ name: "exact-match", score: 0 }],
        output: "wrong",
        reason: null,
      },
    ]);
    const keysOf = async (filter: object) =>
      (await listComparedCases(world.airline, { runs, ...page, ...filter })).items.map(
        ({ caseKey }) => caseKey,
      );
    expect(await keysOf({ change: "lost" })).toEqual(["case-58", "case-59"]);
    expect(await keysOf({ change: "gained", tag: "critical" })).toEqual(["case-0", "case-1", "case-2"]);
    expect(await keysOf({ tag: "nothing" })).toEqual([]);
  });

  test("ends every page sooner or later and shows each case once", async () => {
    await using world = await openEvalWorld(open);
    const before = await world.evaluate(await world.addVersion("skill 3"));
    const now = await world.evaluate(await world.addVersion("skill 9"));
    const keys: string[] = [];
    let cursor: string | undefined;
    do {
      const runs = `${before.id},${now.id}`;
      const listed = await listComparedCases(world.airline, { runs, limit: 7, ...(cursor && { cursor }) });
      keys.push(...listed.items.map(({ caseKey }) => caseKey));
      cursor = listed.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(keys).toHaveLength(60);
    expect(new Set(keys).size).toBe(60);
  });

  test("is refused over other cases, of unfinished runs, and of one run named twice", async () => {
    await using world = await openEvalWorld(open);
    const version = await world.addVersion("skill 3");
    const before = await world.evaluate(version);
    const other = await world.evaluate(await world.addVersion("skill 4"));
    await world.importCases(40);
    const fewer = await world.evaluate(version);
    const queued = await startRun(world.airline, { suite: "triage-suite", version });
    const compared = (...ids: string[]) => compareRuns(world.airline, { runs: ids.join(",") });
    await expect(compared(before.id, before.id)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(compared(before.id, other.id, fewer.id)).rejects.toThrow(/other cases/);
    await expect(compared(before.id, queued.id)).rejects.toMatchObject({ code: "conflict" });
  });

  test("answers another tenant's run like one that is not there, and a confined key only of its prompts", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    const own = await world.evaluate(await world.addVersion("skill 3"));
    await furnishTenant(bank, 60);
    const content = { ...contentOf(MODEL, "skill 3"), sampling: { temperature: 0 } };
    await addPromptVersion(bank, { prompt: "triage", content, dryRun: false });
    const foreign = await startRun(bank, { suite: "triage-suite", version: 1 });
    await createPrompt(airline, { slug: "other", description: "" });
    await addPromptVersion(airline, { prompt: "other", content, dryRun: false });
    await putSuite(airline, { suite: "other-suite", ...SPEC, prompt: "other" });
    const others = await startRun(airline, { suite: "other-suite", version: 1 });
    await world.work();
    const unknown = `run_${"f".repeat(32)}`;
    const confined = callerWith(airline, { prompts: ["triage"] });
    for (const verb of [compareRuns, listComparedCases]) {
      const ask = (context: typeof airline, ids: string[]) => verb(context, { runs: ids.join(","), ...page });
      const refused = { code: "not_found", message: "There is no such run." };
      await expect(ask(airline, [own.id, foreign.id])).rejects.toMatchObject(refused);
      await expect(ask(airline, [foreign.id, own.id])).rejects.toMatchObject(refused);
      await expect(ask(airline, [own.id, unknown])).rejects.toMatchObject(refused);
      await expect(ask(airline, [own.id, others.id])).resolves.toBeDefined();
      await expect(ask(confined, [own.id, others.id])).rejects.toMatchObject({ code: "scope_missing" });
    }
  });
});

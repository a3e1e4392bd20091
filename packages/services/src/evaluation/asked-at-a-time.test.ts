import { setTimeout as wait } from "node:timers/promises";
import type { Engine } from "@assay/core";
import { expect, it } from "vitest";
import { describeEachPlatform } from "../testing/index.ts";
import { executeNextRun } from "./execute-next-run.ts";
import { getRun } from "./get-run.ts";
import { startRun } from "./start-run.ts";
import { openEvalWorld } from "./testing/eval-world.ts";
import { openJudgedWorld } from "./testing/judged-world.ts";

/** Hands calls on to `engine` and notes how many were under way at once. */
function counting(engine: Engine): { engine: Engine; most: () => number } {
  let [underWay, most] = [0, 0];
  return {
    most: () => most,
    engine: {
      async *generate(request, call) {
        underWay += 1;
        most = Math.max(most, underWay);
        try {
          await wait(5);
          yield* engine.generate(request, call);
        } finally {
          underWay -= 1;
        }
      },
      embed: (request, call) => engine.embed(request, call),
      status: () => engine.status(),
      close: () => engine.close(),
    },
  };
}

describeEachPlatform("a run that says how many cases may be in flight", (open) => {
  it.each([1, 8])(
    "asks for %i at a time, though more are prepared, and for every case",
    async (concurrency) => {
      await using world = await openEvalWorld(open);
      const { airline, test } = world;
      const version = await world.addVersion("skill 20");
      const { engine, most } = counting(test.platform.engine);
      const { id: runId } = await startRun(airline, {
        ...{ suite: "triage-suite", version, reuse: "never", concurrency },
      });
      await executeNextRun(
        { ...test.platform, engine },
        { workerId: "w", signal: new AbortController().signal },
      );
      expect(await getRun(airline, { runId })).toMatchObject({
        status: "completed",
        summary: { scored: 60 },
      });
      expect(most()).toBe(concurrency);
    },
  );

  it("counts its judge's calls among them: a case keeps its place until it is scored", async () => {
    await using world = await openJudgedWorld(open);
    const { airline, test } = world;
    const version = await world.addVersion("skill 20");
    const { engine, most } = counting(test.platform.engine);
    await startRun(airline, { suite: "triage-suite", version, reuse: "never", concurrency: 8 });
    await executeNextRun(
      { ...test.platform, engine },
      { workerId: "w", signal: new AbortController().signal },
    );
    expect(most()).toBe(8);
  });
});

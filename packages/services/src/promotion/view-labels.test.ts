import { LIMITS } from "@assay/core";
import { expect, it } from "vitest";
import { listPromptSummaries } from "../editing/list-prompt-summaries.ts";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { listPromptOverviews } from "../overview/list-prompt-overviews.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { listLabels } from "./list-labels.ts";
import { moveLabel } from "./move-label.ts";
import { PRODUCTION } from "./testing/promotion-probes.ts";

const PAGE = { limit: 10 };
const MORE = ["aa", "bb", "cc", "dd", "ee", "ff"];

describeEachPlatform("the labels of a prompt", (open) => {
  it("begin everywhere with production, then come those that moved last, and all are counted", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const version = await world.addVersion("skill 0");
    await moveLabel(airline, { ...PRODUCTION, version });
    for (const label of MORE) {
      world.passMs(1000);
      await moveLabel(airline, { ...PRODUCTION, label, version });
    }
    const all = ["production", ...MORE.toReversed()];
    const few = all.slice(0, LIMITS.promptLabelsShownMax);
    const [overview] = (await listPromptOverviews(airline, PAGE)).items;
    expect(overview?.labels.map(({ name }) => name)).toEqual(few);
    expect(overview?.labelCount).toBe(all.length);
    const [summary] = (await listPromptSummaries(airline, PAGE)).items;
    expect(summary?.labels.map(({ name }) => name)).toEqual(few);
    expect(summary?.labelCount).toBe(all.length);
    const { items } = await listLabels(airline, { prompt: "triage" });
    expect(items.map(({ name }) => name)).toEqual(all);
  });
});

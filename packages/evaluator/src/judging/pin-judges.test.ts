import { describe, expect, test } from "vitest";
import { checkScorers } from "../check-scorers.ts";
import { pinJudges, referencesOfUse } from "./pin-judges.ts";

describe("pinning judges", () => {
  const resolve = async ({ prompt, version }: { prompt: string; version: number | null }) => ({
    prompt,
    version: version ?? 7,
  });

  test("names the version of each judge, its own prompt where none is named, and leaves other scorers alone", async () => {
    const uses = [
      { type: "answer-relevance", weight: 1, options: {} },
      { type: "answer-relevance", name: "b", weight: 1, options: { judge: "mine" } },
      { type: "answer-relevance", name: "c", weight: 1, options: { judge: "mine@2" } },
      { type: "is-json", weight: 1, options: {} },
    ];
    const pinned = await pinJudges(uses, resolve);
    expect(pinned.map(({ options }) => options)).toEqual([
      { judge: { prompt: "judge-answer-relevance", version: 7 } },
      { judge: { prompt: "mine", version: 7 } },
      { judge: { prompt: "mine", version: 2 } },
      {},
    ]);
    expect(await pinJudges(pinned, resolve)).toEqual(pinned);
    expect(pinned.map((use) => referencesOfUse(use))).toEqual([
      { judges: [{ prompt: "judge-answer-relevance", version: 7 }] },
      { judges: [{ prompt: "mine", version: 7 }] },
      { judges: [{ prompt: "mine", version: 2 }] },
      {},
    ]);
  });

  test.each(["Mine", "mine@0", "mine@x", "mine@1@2", ""])("refuses %j as a judge's name", (judging) => {
    const use = { type: "answer-relevance", weight: 1, options: { judge: judging } };
    expect(() => checkScorers([use])).toThrow("options.judge");
  });
});

import { LIMITS, type Page } from "@assay/core";
import { expect, test } from "vitest";
import { listJudges } from "../annotation/list-judges.ts";
import type { Context } from "../context.ts";
import { createDataset } from "../datasets/create-dataset.ts";
import { listPromptTimeline } from "../editing/list-prompt-timeline.ts";
import { addSharedToyModel, contentOf, describeEachPlatform, type TestPlatform } from "../testing/index.ts";
import { addPromptVersion } from "./add-prompt-version.ts";
import { createPrompt } from "./create-prompt.ts";
import { listPromptVersions } from "./list-prompt-versions.ts";
import { listSuiteVersions } from "./list-suite-versions.ts";
import { listSuites } from "./list-suites.ts";
import { putSuite } from "./put-suite.ts";

/** What one answer may be: its rows, and a little around them. */
const ANSWER_MAX = LIMITS.pageBytesMax * 1.1;
const COUNT = 8;
const LONG = "word ".repeat(40_000);

async function tenantWithPrompt(platform: TestPlatform): Promise<Context> {
  const airline = await platform.tenant("airline");
  await addSharedToyModel(platform.operator, "base");
  await createPrompt(airline, { slug: "triage", description: "" });
  return airline;
}

async function allOf<T>(read: (query: { limit: number; cursor?: string }) => Promise<Page<T>>) {
  const items: T[] = [];
  const counts: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: 200, ...(cursor !== undefined && { cursor }) });
    expect(JSON.stringify(page).length).toBeLessThan(ANSWER_MAX);
    items.push(...page.items);
    counts.push(page.items.length);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { items, counts };
}

async function putLongSuite(airline: Context, suite: string, ending: string): Promise<void> {
  const schema = { type: "string", const: LONG + ending };
  const scorers = [{ type: "json-schema", weight: 1, options: { schema } }];
  const rest = { prompt: "triage", dataset: "tickets", repeats: 1, passScore: 1 };
  await putSuite(airline, { suite, scorers, ...rest });
}

describeEachPlatform("rows that are long", (open) => {
  test("of a prompt's versions come in pages of few, each against the one before it", async () => {
    await using platform = await open();
    const airline = await tenantWithPrompt(platform);
    // A message may have half as much.
    const count = 2 * COUNT;
    const numbers = Array.from({ length: count }, (_, n) => count - n);
    for (const n of numbers) {
      const content = contentOf("base", `${LONG.slice(LONG.length / 2)}\nline ${n}`.slice(5_000));
      await addPromptVersion(airline, { prompt: "triage", content, dryRun: false });
    }
    const versions = await allOf((query) => listPromptVersions(airline, { prompt: "triage", ...query }));
    expect(versions.items.map(({ version }) => version)).toEqual(numbers);
    expect(versions.counts.length).toBeGreaterThan(1);
    const timeline = await allOf((query) => listPromptTimeline(airline, { prompt: "triage", ...query }));
    expect(timeline.items.map(({ changes }) => changes.linesAdded)).toEqual([...Array(count - 1).fill(1), 3]);
  });

  test("of suites and their versions come in pages of few, and all of them come", async () => {
    await using platform = await open();
    const airline = await tenantWithPrompt(platform);
    await createDataset(airline, { slug: "tickets", description: "" });
    for (let n = 0; n < COUNT; n++) await putLongSuite(airline, "first", `${n}`);
    for (let n = 1; n < COUNT; n++) await putLongSuite(airline, `suite-${n}`, "");
    const versions = await allOf((query) => listSuiteVersions(airline, { suite: "first", ...query }));
    expect(versions.items.map(({ version }) => version)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    const suites = await allOf((query) => listSuites(airline, query));
    expect(suites.items.map(({ slug }) => slug)).toEqual([
      "first",
      ...Array.from({ length: COUNT - 1 }, (_, n) => `suite-${n + 1}`),
    ]);
    expect(Math.min(versions.counts.length, suites.counts.length)).toBeGreaterThan(1);
    // Those whose suites are looked through in several pages, none of which has a judge.
    expect(await allOf((query) => listJudges(airline, query))).toMatchObject({ items: [] });
  });
});

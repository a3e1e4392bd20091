import { setImmediate as nextTurn } from "node:timers/promises";
import { type Case, LIMITS } from "@assay/core";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { diffDatasetVersions } from "./diff-dataset-versions.ts";
import { getCase } from "./get-case.ts";
import { getCaseFacets } from "./get-case-facets.ts";
import { listCaseKeys } from "./list-case-keys.ts";
import { listCaseWindow } from "./list-case-window.ts";
import { listCases } from "./list-cases.ts";
import { datasetOfCases } from "./testing/dataset-of-cases.ts";

const COUNT = 20;
const TEXT = "word ".repeat(45_000);
const AT = { dataset: "long", version: 1 } as const;
const WINDOW = { ...AT, offset: 0, limit: 200, order: "dataset" } as const;
/** What one answer may be: its rows, and a little around them. */
const ANSWER_MAX = LIMITS.pageBytesMax * 1.1;

/** Cases that together are several times as long as one page may be. */
function longCases(ending: string): Case[] {
  return Array.from({ length: COUNT }, (_, n) => ({
    key: `case-${n}`,
    variables: { text: `${TEXT}${n}${ending}` },
    tags: ["long"],
  }));
}

const KEYS = longCases("").map(({ key }) => key);

function bytesOf(answer: unknown): number {
  return Buffer.byteLength(JSON.stringify(answer));
}

/** How many turns of the process others had meanwhile. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  let turns = 0;
  const done = work.finally(() => {
    isDone = true;
  });
  for (; !isDone; turns += 1) await nextTurn();
  await done;
  return turns;
}

async function allCases(context: Context): Promise<Case[]> {
  const found: Case[] = [];
  let cursor: string | undefined;
  do {
    const page = await listCases(context, { ...AT, limit: 200, ...(cursor !== undefined && { cursor }) });
    expect(bytesOf(page)).toBeLessThan(ANSWER_MAX);
    expect(page.items.length).toBeGreaterThan(0);
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

describeEachPlatform("cases that are long", (open) => {
  test("come in pages of few, and all of them come", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "long", longCases(""));
    expect(await allCases(airline)).toEqual(longCases(""));
  });

  test("stand in a table with their beginnings, however many are in view", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "long", longCases(""));
    for (const wanted of [{}, { q: "word" }]) {
      const window = await listCaseWindow(airline, { ...WINDOW, ...wanted });
      expect(window.items.map(({ key }) => key)).toEqual(KEYS);
      expect(window.count).toBe(COUNT);
      expect(bytesOf(window)).toBeLessThan(50_000);
    }
    expect((await listCaseKeys(airline, { ...AT, q: "word" })).keys).toEqual(KEYS);
    expect((await listCaseKeys(airline, AT)).keys).toEqual(KEYS);
  });

  test("are read and searched while others are served", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "long", longCases(""));
    const pages = (COUNT * TEXT.length) / LIMITS.pageBytesMax;
    expect(await turnsDuring(getCaseFacets(airline, AT))).toBeGreaterThan(pages);
    expect(await turnsDuring(listCaseWindow(airline, { ...WINDOW, q: "nowhere" }))).toBeGreaterThan(pages);
    expect(await turnsDuring(listCaseWindow(airline, WINDOW))).toBeGreaterThan(pages);
  });

  test("differ in as many as fit on a page, shortened, and each can be had whole", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "long", longCases(""));
    await datasetOfCases(airline, "long", longCases(" changed"));
    const input = { dataset: "long", version: 2, from: 1, limit: 200 } as const;
    const keys: string[] = [];
    while (keys.length < COUNT) {
      const page = await diffDatasetVersions(airline, { ...input, offset: keys.length });
      expect(page).toMatchObject({ added: 0, changed: COUNT, removed: 0 });
      expect(bytesOf(page)).toBeLessThan(ANSWER_MAX);
      expect(page.items.length).toBeGreaterThan(0);
      for (const item of page.items) {
        expect(item).toMatchObject({ kind: "changed", fields: ["variables"], isShortened: true });
        expect(bytesOf(item)).toBeLessThan(2 * LIMITS.shownCaseCharsMax);
      }
      keys.push(...page.items.map(({ key }) => key));
    }
    expect(keys).toEqual(KEYS);
    const whole = await getCase(airline, { dataset: "long", version: 2, key: "case-3" });
    expect(whole.case).toEqual(longCases(" changed")[3]);
  });

  test("that are just short enough to be shown whole differ in as many as fit on a page", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const many = (ending: string) =>
      Array.from({ length: 90 }, (_, n) => ({
        key: `${n}`,
        variables: { text: "x".repeat(LIMITS.shownCaseCharsMax - 200) + ending },
      }));
    await datasetOfCases(airline, "long", many("a"));
    await datasetOfCases(airline, "long", many("b"));
    const input = { dataset: "long", version: 2, from: 1, limit: 200 } as const;
    const first = await diffDatasetVersions(airline, { ...input, offset: 0 });
    expect(bytesOf(first)).toBeLessThan(ANSWER_MAX);
    const rest = await diffDatasetVersions(airline, { ...input, offset: first.items.length });
    const items = [...first.items, ...rest.items];
    expect(items.map(({ key }) => key)).toEqual(many("a").map(({ key }) => key));
    expect(items.some(({ isShortened }) => isShortened)).toBe(false);
  });

  test("that have very many parts are shortened too", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const wide = (n: number) => ({
      key: "wide",
      variables: Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [`v${i}`, Array(300).fill(`${n} and more`)]),
      ),
      messages: [{ role: "user" as const, content: [{ type: "text", text: "x".repeat(9_000) }] }],
      tags: [],
    });
    await datasetOfCases(airline, "long", [wide(1)]);
    await datasetOfCases(airline, "long", [wide(2), { ...wide(1), key: "new" }]);
    const diff = await diffDatasetVersions(airline, {
      dataset: "long",
      version: 2,
      from: 1,
      offset: 0,
      limit: 9,
    });
    expect(diff.items.map(({ key, kind, isShortened }) => [key, kind, isShortened])).toEqual([
      ["wide", "changed", true],
      ["new", "added", true],
    ]);
    for (const item of diff.items) expect(bytesOf(item)).toBeLessThan(2 * LIMITS.shownCaseCharsMax + 1_000);
  });
});

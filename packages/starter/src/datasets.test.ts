import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HELD_OUT_PHRASING, normalisedText, readCases, type StarterCase } from "./cases.ts";
import { starterPath } from "./manifest.ts";
import { STARTER } from "./starter.ts";

const tenantDatasets = STARTER.tenants.map(
  (tenant) => [tenant.slug, readCases(tenant.dataset.path)] as const,
);
const all = [readCases(STARTER.baseDatasetPath), ...tenantDatasets.map(([, cases]) => cases)];

function groupsOf(cases: readonly StarterCase[]): Set<string> {
  return new Set(cases.map((each) => each.group));
}

describe.each(tenantDatasets)("the %s dataset", (_slug, cases) => {
  test("has at least 300 cases, each with an own key", () => {
    expect(cases.length).toBeGreaterThanOrEqual(300);
    expect(new Set(cases.map((each) => each.key)).size).toBe(cases.length);
  });

  test("tags every case with its intent, and some as critical and as held-out phrasing", () => {
    for (const each of cases) expect(each.tags).toContain(each.expected.intent);
    expect(cases.filter((each) => each.tags.includes("critical")).length).toBeGreaterThanOrEqual(30);
    expect(cases.filter((each) => each.tags.includes(HELD_OUT_PHRASING)).length).toBeGreaterThanOrEqual(30);
  });

  test("has every intent in every urgency, save those that are always urgent", () => {
    const intents = new Set(cases.map((each) => each.expected.intent));
    expect(intents.size).toBeGreaterThanOrEqual(8);
    const urgencies = new Set(cases.map((each) => each.expected.urgency));
    expect([...urgencies].sort()).toEqual(["high", "low", "normal"]);
    const critical = cases.filter((each) => each.tags.includes("critical"));
    expect(new Set(critical.map((each) => each.expected.urgency))).toEqual(new Set(["high"]));
  });

  test("keeps held-out phrasings in groups of their own", () => {
    const heldOut = cases.filter((each) => each.tags.includes(HELD_OUT_PHRASING));
    const known = cases.filter((each) => !each.tags.includes(HELD_OUT_PHRASING));
    const knownGroups = groupsOf(known);
    expect(heldOut.filter((each) => knownGroups.has(each.group))).toEqual([]);
  });
});

test("no customer text occurs twice, within or across datasets", () => {
  const texts = all.flat().map(normalisedText);
  expect(new Set(texts).size).toBe(texts.length);
});

test("the training log says of every model that no evaluation text was trained on", () => {
  const lines = readFileSync(starterPath("models/training-log.jsonl"), "utf8").trim().split("\n");
  const checks = lines.map((line) => JSON.parse(line)).filter((line) => "common" in line);
  expect(checks.map((check) => check.work)).toEqual([
    "base",
    "base-topics",
    "airline-support",
    "bank-support",
  ]);
  for (const check of checks) {
    expect(check).toMatchObject({ evaluationTexts: all.flat().length, common: 0 });
    expect(check.trainedTexts).toBeGreaterThan(5_000);
  }
});

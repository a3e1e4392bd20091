import { expect, test } from "vitest";
import { baseFirst, labelsHolding } from "./base-first.ts";

const run = (id: string, promptVersion: number, day: number) => ({
  id,
  prompt: "triage",
  promptVersion,
  createdAt: `2026-11-0${day}T10:00:00.000Z`,
});
const labels = (...items: { name: string; version: number }[]) => new Map([["triage", items]]);
const order = (...args: Parameters<typeof baseFirst>) => baseFirst(...args).map(({ id }) => id);

test("others are held against the version in production, whatever was ticked first", () => {
  const runs = [run("new", 4, 3), run("staged", 3, 1), run("live", 2, 2)];
  const known = labels({ name: "staging", version: 3 }, { name: "production", version: 2 });
  expect(order(runs, known)).toEqual(["live", "staged", "new"]);
});

test("else against a version with another label, else against the older run", () => {
  const runs = [run("new", 4, 3), run("old", 1, 1), run("staged", 3, 2)];
  expect(order(runs, labels({ name: "staging", version: 3 }))).toEqual(["staged", "old", "new"]);
  expect(order(runs, new Map())).toEqual(["old", "staged", "new"]);
});

test("of several runs of the version in use the oldest is the base", () => {
  const known = labels({ name: "production", version: 2 });
  expect(order([run("again", 2, 2), run("first", 2, 1)], known)).toEqual(["first", "again"]);
});

test("a run's labels are those of its own prompt", () => {
  const known = new Map([["other", [{ name: "production", version: 2 }]]]);
  expect(labelsHolding(run("live", 2, 1), known)).toEqual([]);
});

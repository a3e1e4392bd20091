import type { CaseOutcome } from "@assay/core";
import { expect, test } from "vitest";
import { WAITING } from "./answer.ts";
import { type CellRun, inPool, tallyOf } from "./case-run.ts";

const scored = (score: number): CaseOutcome => ({
  status: "scored",
  score,
  passed: score === 1,
  metrics: [],
  output: "x",
});
const cell = (outcome: CaseOutcome | null, status: "done" | "failed" = "done"): CellRun => ({
  answer: { ...WAITING, status },
  outcome,
  scoringError: null,
});

test("a column's mean is over what was scored, and nothing else is in it", () => {
  const unscored: CaseOutcome = { status: "not_scored", reason: "no expectation", metrics: [], output: "x" };
  const runs = [cell(scored(1)), cell(scored(0)), cell(unscored), cell(null, "failed")];
  expect(tallyOf(runs)).toEqual({ answered: 3, failed: 1, scored: 2, passed: 1, meanScore: 0.5 });
  expect(tallyOf([cell(unscored)])).toMatchObject({ scored: 0, meanScore: null });
});

test("four are asked at a time, all of them in the end", async () => {
  let active = 0;
  let most = 0;
  const done: number[] = [];
  const works = Array.from({ length: 20 }, (_, n) => async () => {
    active += 1;
    most = Math.max(most, active);
    await new Promise((resolve) => setImmediate(resolve));
    active -= 1;
    done.push(n);
  });
  await inPool(works, new AbortController().signal);
  expect(most).toBe(4);
  expect(done).toHaveLength(20);
});

test("what has not begun when somebody stops is left undone", async () => {
  const controller = new AbortController();
  let begun = 0;
  const works = Array.from({ length: 20 }, () => async () => {
    begun += 1;
    controller.abort();
    await Promise.resolve();
  });
  await inPool(works, controller.signal);
  expect(begun).toBe(1);
});

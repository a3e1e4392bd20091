import { describe, expect, test } from "vitest";
import { stackDays } from "./stack-days.ts";

const row = ([day, group]: [string, string | null], requests: number, costMicros: number | null = 1) => ({
  day,
  group,
  requests,
  failedRequests: 0,
  tokens: 0,
  costMicros,
  unpricedRequests: costMicros === null ? requests : 0,
});
const names = { measure: "requests", other: "other", none: "none" } as const;

describe("days of usage as a chart stacks them", () => {
  test("keep days without requests, and name requests that had no group", () => {
    const { groups, stacks } = stackDays(["1", "2"], [row(["2", "a"], 3), row(["2", null], 1)], names);
    expect(groups).toEqual(["a", "none"]);
    expect(stacks).toEqual([
      { day: "1", amounts: {} },
      { day: "2", amounts: { a: 3, none: 1 } },
    ]);
  });

  test("add the smallest groups up and lose none of them", () => {
    const rows = Array.from({ length: 9 }, (_, index) => row(["1", `g${index}`], 10 - index));
    const { groups, stacks } = stackDays(["1"], rows, names);
    expect(groups).toHaveLength(7);
    expect(stacks[0]?.amounts.other).toBe(4 + 3 + 2);
  });

  test("say on how many days a cost is not known", () => {
    const rows = [row(["1", "a"], 1, null), row(["1", "b"], 1, 5), row(["2", "a"], 1, 5)];
    expect(stackDays(["1", "2"], rows, { ...names, measure: "costMicros" }).unknownDays).toBe(1);
  });
});

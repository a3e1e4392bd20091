import { expect, test } from "vitest";
import { tokenLogprobs } from "./token-logprobs.ts";

const at = (temperature: number, probabilities: [string, number][], topCount = 2) =>
  tokenLogprobs(
    { token: "b", probabilities: new Map(probabilities) },
    { temperature, topCount, textOf: (token) => token },
  );

test("the chosen token and its best alternatives are reported", () => {
  const { token, logprob, top } = at(1, [
    ["a", 0.5],
    ["b", 0.25],
    ["c", 0.25],
  ]);
  expect([token, logprob]).toEqual(["b", Math.log(0.25)]);
  expect(top.map((each) => each.token)).toEqual(["a", "b"]);
  expect(Math.exp(top[0]!.logprob)).toBeCloseTo(0.5);
});

test("the sampling temperature is taken out again", () => {
  // 0.8 and 0.2 sharpened by temperature 0.5 are 0.64/0.68 and 0.04/0.68.
  const { logprob } = at(0.5, [
    ["a", 0.64 / 0.68],
    ["b", 0.04 / 0.68],
  ]);
  expect(Math.exp(logprob)).toBeCloseTo(0.2);
});

test("nothing is ever reported as infinite", () => {
  expect(Number.isFinite(at(1, [["a", 1]]).logprob)).toBe(true);
});

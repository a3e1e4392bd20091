import { expect, test } from "vitest";
import { compileGraderFormula, FormulaError } from "./grader-formula.ts";

const NAMES = new Set(["a", "b", "max_score"]);
const VALUES = new Map([
  ["a", 0.5],
  ["b", 0.25],
  ["max_score", 1],
]);
const compute = (text: string) => compileGraderFormula(text, NAMES)(VALUES);

test.each([
  ["a", 0.5],
  ["0.6 * a + 0.4*b", 0.4],
  ["(a + b) / 2 - .125", 0.25],
  ["2 - 1 - 1", 0],
  ["8 / 4 / 2", 1],
  ["2 ^ 3 ^ 2 / 1024", 0.5],
  ["-2 ^ 2", -4],
  ["2 ^ -1", 0.5],
  ["min(a, b, 1) + max(a,max_score)", 1.25],
  ["floor(1.9) + ceil(0.1) + abs(-1)", 3],
  ["sqrt(b) * exp(0) + log(1)", 0.5],
  ["1e-1 + 1E1", 10.1],
])("%s is %s", (text, value) => {
  expect(compute(text)).toBeCloseTo(value, 12);
});

test.each([
  ["", "ends too early"],
  ["a +", "ends too early"],
  ["a b", '"b" is not expected'],
  ["c", '"c" is none of the graders'],
  ["(a", 'a ")" is missing'],
  ["eval(a)", 'no function "eval"'],
  ["abs(a, b)", "takes one value"],
  ["a; b", '"; b" is not understood'],
  ["a.constructor", "not understood"],
  ["__proto__", "none of the graders"],
  ["toString(1)", "no function"],
  [`${"(".repeat(100)}a${")".repeat(100)}`, "nested too deep"],
  [`${"-".repeat(100)}a`, "nested too deep"],
  [`a${"^a".repeat(100)}`, "nested too deep"],
])("%j is refused: %s", (text, message) => {
  expect(() => compute(text)).toThrow(FormulaError);
  expect(() => compute(text)).toThrow(message);
});

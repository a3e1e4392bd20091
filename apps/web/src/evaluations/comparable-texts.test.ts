import { expect, test } from "vitest";
import { comparableTexts } from "./comparable-texts.ts";

test("JSON is held against JSON whatever its order and layout, also where what is expected is JSON as text", () => {
  const same = comparableTexts('{"b":1,"a":[{"d":2,"c":3}]}', { a: [{ c: 3, d: 2 }], b: 1 });
  expect(same.output).toBe(same.expected);
  const asText = comparableTexts('{"intent":"refund"}', '{ "intent": "baggage" }');
  expect(asText.output.split("\n")).toHaveLength(3);
  expect(asText.expected).toContain("baggage");
});

test("texts are compared as written, save for what surrounds them", () => {
  expect(comparableTexts(" yes\n", "yes")).toEqual({ output: "yes", expected: "yes" });
  expect(comparableTexts("1.0", "1")).toEqual({ output: "1.0", expected: "1" });
});

test("what is no JSON stands as it is beside the JSON that was expected", () => {
  expect(comparableTexts("{ broken", { a: 1 })).toEqual({ output: "{ broken", expected: '{\n  "a": 1\n}' });
});

import { expect, test } from "vitest";
import { markAnswer, meanMark } from "./mark.ts";

const EXPECTED = { intent: "refund", urgency: "high" };

test("the expected object is exact whatever its spacing and order of keys", () => {
  expect(markAnswer('{"urgency":"high",  "intent": "refund"}', EXPECTED)).toEqual({ exact: 1, fields: 1 });
});

test("one right field of two is half a point and not exact", () => {
  expect(markAnswer('{"intent": "refund", "urgency": "low"}', EXPECTED)).toEqual({ exact: 0, fields: 0.5 });
  expect(markAnswer('{"intent": "refund"}', EXPECTED)).toEqual({ exact: 0, fields: 0.5 });
});

test("an extra field is not exact", () => {
  const answer = '{"intent": "refund", "urgency": "high", "note": "x"}';
  expect(markAnswer(answer, EXPECTED)).toEqual({ exact: 0, fields: 1 });
});

test("text that is no JSON object is wrong in every field", () => {
  for (const answer of ["Your refund is on its way.", "[1]", "null", ""]) {
    expect(markAnswer(answer, EXPECTED)).toEqual({ exact: 0, fields: 0 });
  }
});

test("the mean of no marks is refused instead of being zero", () => {
  expect(() => meanMark([])).toThrow("no marks");
});

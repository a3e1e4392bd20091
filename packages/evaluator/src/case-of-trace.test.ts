import { CaseMapping } from "@assay/core";
import { describe, expect, test } from "vitest";
import { caseOfTrace, type TraceToMap } from "./case-of-trace.ts";

const TRACE: TraceToMap = {
  traceId: `trc_${"1".repeat(32)}`,
  status: "completed",
  variables: { plan: "basic", conversation: "c-7" },
  messages: [
    { role: "user", content: "hello" },
    { role: "user", content: "are you there?" },
  ],
  output: "Yes.",
  hasToolCalls: false,
  feedback: [],
};

const mapped = (changes: Partial<TraceToMap>, mapping: Partial<CaseMapping> = {}) =>
  caseOfTrace({ ...TRACE, ...changes }, CaseMapping.parse({ expected: "none", ...mapping }), ["production"]);

test("a trace becomes a case that is named after it, with what the caller put in", () => {
  expect(mapped({})).toEqual({
    ok: true,
    case: {
      key: TRACE.traceId,
      variables: TRACE.variables,
      messages: TRACE.messages,
      tags: ["production"],
    },
  });
});

test.each<[mapping: Partial<CaseMapping>, part: object]>([
  [{ messages: "last" }, { messages: [{ role: "user", content: "are you there?" }] }],
  [{ variables: ["plan"], messages: "none" }, { variables: { plan: "basic" } }],
  [{ groupByVariable: "conversation" }, { group: "c-7" }],
])("mapping %j gives %j", (mapping, part) => {
  expect(mapped({}, mapping)).toMatchObject({ ok: true, case: part });
});

describe("what is expected", () => {
  const bad = { score: 0, correction: null };
  const good = { score: 1, correction: null };
  const corrected = (correction: string) => ({ score: 0, correction });

  test.each<
    [expected: CaseMapping["expected"], feedback: TraceToMap["feedback"], answer: string | undefined]
  >([
    ["output", [], "Yes."],
    ["correction", [corrected("No."), corrected("Of course."), good], "Of course."],
    ["feedback", [corrected("No."), good], "No."],
    ["feedback", [good, good], "Yes."],
    ["none", [corrected("No.")], undefined],
  ])("%s with feedback %j is %j", (expected, feedback, answer) => {
    const made = mapped({ feedback }, { expected });
    expect(made.ok && made.case.expected).toBe(answer);
  });

  test.each<[expected: CaseMapping["expected"], changes: Partial<TraceToMap>, reason: RegExp]>([
    ["correction", { feedback: [good] }, /nobody said/],
    ["feedback", {}, /neither a correction nor good feedback/],
    ["feedback", { feedback: [good, bad] }, /neither a correction nor good feedback/],
    ["output", { status: "failed" }, /not whole/],
    ["output", { status: "cancelled" }, /not whole/],
    ["output", { output: "", hasToolCalls: true }, /tool calls/],
  ])("%s of %j is left out", (expected, changes, reason) => {
    expect(mapped(changes, { expected })).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });
});

test("a trace of which nothing is left, or that names no group, is left out", () => {
  expect(mapped({}, { variables: "none", messages: "none" })).toMatchObject({ ok: false });
  expect(mapped({ variables: null, messages: [] })).toMatchObject({ ok: false });
  expect(mapped({}, { groupByVariable: "nothing" })).toMatchObject({ ok: false });
  expect(mapped({}, { groupByVariable: "constructor" })).toMatchObject({ ok: false });
  expect(mapped({ variables: { plan: "x".repeat(200) } }, { groupByVariable: "plan" })).toMatchObject({
    ok: false,
  });
});

import type { Case } from "@assay/core";
import { describe, expect, test } from "vitest";
import { type CaseForm, caseOfForm, EMPTY_FORM, formOf } from "./case-form.ts";

const free = () => false;
const problemsOf = (form: Partial<CaseForm>, isTaken = free) => {
  const read = caseOfForm({ ...EMPTY_FORM, key: "k", ...form }, isTaken);
  return read.ok ? {} : read.problems;
};

describe("the form of a case", () => {
  test.each<Case>([
    { key: "a", variables: { q: "1", n: 1, o: { x: [null] } }, tags: ["x", "y"], group: "g", expected: "7" },
    { key: "b", messages: [{ role: "user", content: "hi" }], tags: [], expected: { n: 7 } },
    {
      key: "c",
      messages: [
        { role: "user", content: [{ type: "text", text: "hi" }] },
        { role: "assistant", content: "", tool_calls: [] },
      ],
      tags: [],
      expected: null,
    } as unknown as Case,
  ])("gives back the case $key that went in", (of) => {
    expect(caseOfForm(formOf(of), free)).toEqual({ ok: true, case: of });
  });

  test("says at each field what is wrong", () => {
    const wrong = { text: "{", isJson: true };
    expect(
      problemsOf({
        key: " ",
        messages: [{ role: "user", content: wrong, rest: {} }],
        variables: [
          { name: "", value: { text: "x", isJson: false } },
          { name: "a", value: wrong },
          { name: "__proto__", value: { text: "x", isJson: false } },
        ],
        expected: wrong,
        tags: "x".repeat(65),
        group: "x".repeat(129),
      }),
    ).toEqual({
      key: "keyNeeded",
      "messages.0": "notJson",
      "variables.0": "nameNeeded",
      "variables.1": "notJson",
      "variables.2": "nameNeeded",
      expected: "notJson",
      tags: "tagsTooMany",
      group: "groupTooLong",
    });
  });

  test("takes what is as long as it may be, and nothing longer", () => {
    const variables = [{ name: "q", value: { text: "", isJson: false } }];
    const tags = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`).join(", ");
    expect(problemsOf({ variables, key: "k".repeat(128), tags: tags(50), group: "g".repeat(128) })).toEqual(
      {},
    );
    expect(problemsOf({ variables, tags: "t".repeat(64) })).toEqual({});
    expect(problemsOf({ variables, key: "k".repeat(129) })).toEqual({ key: "keyNeeded" });
    expect(problemsOf({ variables, tags: tags(51) })).toEqual({ tags: "tagsTooMany" });
  });

  test("needs an input, and a key that is free", () => {
    expect(problemsOf({})).toEqual({ input: "inputNeeded" });
    const variables = [{ name: "q", value: { text: "", isJson: false } }];
    expect(problemsOf({ variables }, () => true)).toEqual({ key: "keyTaken" });
    expect(problemsOf({ variables: [...variables, ...variables] })).toEqual({ "variables.1": "nameTwice" });
  });
});

import { expect, test } from "vitest";
import { yamlOf } from "./yaml-of.ts";

test("is written as people write it, without what is undefined", () => {
  const suite = {
    prompt: "support-triage",
    scorers: [{ type: "json-fields", weight: 1, options: { fields: ["intent", "urgency"] } }, "word"],
    gone: undefined,
    gate: { minScore: { score: 0.9, on: "lower" }, noFlips: [], note: null, approval: {} },
  };
  expect(yamlOf(suite)).toBe(`prompt: support-triage
scorers:
  - type: json-fields
    weight: 1
    options:
      fields:
        - intent
        - urgency
  - word
gate:
  minScore:
    score: 0.9
    "on": lower
  noFlips: []
  note: null
  approval: {}
`);
});

test("quotes every text that YAML would read as something else", () => {
  const texts = [
    "yes",
    "3",
    "a: b",
    "- c",
    "#d",
    '"q"',
    "two\nlines",
    "",
    " x",
    "null",
    "{a}",
    "*x",
    "1e3",
    "0x1f",
  ];
  for (const text of texts) expect(yamlOf({ text })).toBe(`text: ${JSON.stringify(text)}\n`);
  for (const text of ["plain words", "a.b/c_d", "ąćę"]) expect(yamlOf({ text })).toBe(`text: ${text}\n`);
});

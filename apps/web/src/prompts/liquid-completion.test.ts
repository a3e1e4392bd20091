import { expect, test } from "vitest";
import { completeLiquid } from "./liquid-completion.ts";

const NAMES = { variables: ["name", "order"], partials: ["tone"] };
const kindAt = (before: string) => completeLiquid(before, NAMES)?.kind ?? null;

test.each([
  ["{{ ", "variable"],
  ["Hello {{ na", "variable"],
  ["{% if na", "variable"],
  ["{% for x in ", "variable"],
  ["{% render 'to", "partial"],
  ['{%- render "', "partial"],
  ["{% ", "tag"],
  ["{%- en", "tag"],
  ["{{ name | up", "filter"],
  ["{% render 'tone', x: na", "variable"],
])("%s offers a %s", (before, kind) => {
  expect(kindAt(before)).toBe(kind);
});

test.each(["plain text", "{{ name }} and", "{% if a %}", "{{ order.i", "{{ 'na", ""])(
  "%s offers nothing",
  (before) => {
    expect(kindAt(before)).toBe(null);
  },
);

test("what is typed already is replaced, not repeated", () => {
  expect(completeLiquid("Hi {{ na", NAMES)).toMatchObject({ from: 6, options: ["name", "order"] });
});

test("nothing is offered where there is nothing to offer", () => {
  expect(completeLiquid("{{ ", { variables: [], partials: [] })).toBe(null);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { plainTemplateOf, renderPlain } from "./plain-template.ts";
import { openRenderBudget, parseTemplate } from "./template.ts";

const piece = fc.oneof(
  fc.constantFrom("{{ a }}", "{{b}}", "{{  a\n}}", "{{ c_1 }}", "\n", " ", "{", "}", "{a}", "{{a}}}", "-"),
  fc.constantFrom("{{ a }}{{ b }}", "{{ nil }}", "{{ a | upcase }}", "{{- a -}}", "{# x #}", "{{ a.b }}"),
  fc.string({ maxLength: 6 }),
);
const value = fc.oneof(
  fc.string(),
  fc.constantFrom("{{ b }}", "{% if %}", "$&"),
  fc.integer(),
  fc.constant(null),
);

test("a template of variables alone is rendered as Liquid renders it", () => {
  const variables = fc.record({ a: value, b: fc.string(), c_1: fc.string() });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), variables, (pieces, given) => {
      const text = pieces.join("");
      const parts = plainTemplateOf(text);
      const plain = parts && renderPlain(parts, given);
      if (plain === undefined) return;
      // The comment changes nothing but that Liquid itself renders.
      const { render } = parseTemplate(`${text} {% comment %}{% endcomment %}`, "t");
      expect(`${plain} `).toBe(render(given, openRenderBudget()));
    }),
  );
});

test("what is more than that, or no text of the variables' own, is left to Liquid", () => {
  for (const text of [
    "{{ a | upcase }}",
    "{{ a.b }}",
    "{{- a }}",
    "{% if a %}{% endif %}",
    "{{ nil }}",
    "{{",
  ])
    expect(plainTemplateOf(text), text).toBeUndefined();
  expect(renderPlain(plainTemplateOf("{{ a }}") ?? [], { a: 1 })).toBeUndefined();
  expect(renderPlain(plainTemplateOf("{{ toString }}") ?? [], {})).toBeUndefined();
  expect(renderPlain(plainTemplateOf("Hi {{ a }}!") ?? [], { a: "you" })).toBe("Hi you!");
});

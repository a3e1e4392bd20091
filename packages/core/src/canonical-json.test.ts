import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, type Json, sameJson } from "./canonical-json.ts";

/** The same by the plainest means. */
function plainly(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(plainly).join(",")}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${plainly(value[name] ?? null)}`).join(",")}}`;
}

const anyKey = fc.string({ unit: fc.constantFrom("a", "B", "_", "0", "1", '"', "\\", "\n", "ż", "😀") });

test("keys are in order and escaped, of any names, however many there are", () => {
  const anyObject = fc.dictionary(anyKey, fc.jsonValue({ maxDepth: 3 }), {
    maxKeys: 30,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(anyObject, (value) => {
      const text = canonicalJson(value);
      expect(text).toBe(plainly(value as Json));
      expect(sameJson(JSON.parse(text), value as Json)).toBe(true);
    }),
  );
});

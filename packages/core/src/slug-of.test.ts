import { expect, test } from "vitest";
import { slugOf } from "./slug-of.ts";
import { isSlug } from "./slug-rule.ts";

test.each([
  ["Zwroty biletów 2026", "zwroty-biletow-2026"],
  ["Łódź: źdźbło, gęś i ćma!", "lodz-zdzblo-ges-i-cma"],
  ["Straße & Ægir", "strasse-aegir"],
  ["support-triage.v2_x", "support-triage.v2_x"],
  ["  --Refunds (EU) -- ", "refunds-eu"],
  ["a._b", "a-b"],
  ["don't", "dont"],
  ["ﬁle Ⅳ", "file-iv"],
])("%s becomes %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  expect(isSlug(slug)).toBe(true);
  expect(slugOf(slug)).toBe(slug);
});

test("a name with no letter that can be kept has no slug", () => {
  expect(["", "—", "漢字", "🙂"].map(slugOf)).toEqual(["", "", "", ""]);
});

test("a long name becomes as long a slug as there may be, and no sign ends it", () => {
  const slug = slugOf(`${"a".repeat(63)} and more`);
  expect(slug).toBe("a".repeat(63));
  expect(isSlug(slug)).toBe(true);
});

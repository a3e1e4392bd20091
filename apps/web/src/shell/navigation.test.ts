import { expect, test } from "vitest";
import { LANGUAGES } from "../i18n/languages.ts";
import english from "./messages.en.json" with { type: "json" };
import polish from "./messages.pl.json" with { type: "json" };
import { DESTINATIONS } from "./navigation.ts";

const TEXTS = { en: english, pl: polish };

test.each(LANGUAGES)("each place has its name in %s, and no name is left over", (language) => {
  const names = DESTINATIONS.map(({ name }) => name);
  expect(Object.keys(TEXTS[language].nav).toSorted()).toEqual(names.toSorted());
});

test("no two places share a name, a path or a key", () => {
  for (const of of ["name", "path", "key"] as const) {
    const all = DESTINATIONS.map((destination) => destination[of]);
    expect(new Set(all).size, of).toBe(all.length);
  }
});

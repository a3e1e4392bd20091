import { expect, test } from "vitest";
import { kappaDegree } from "./kappa-degree.ts";
import { kappaWord } from "./kappa-words.ts";
import english from "./messages.en.json" with { type: "json" };
import polish from "./messages.pl.json" with { type: "json" };

/** The table of Landis and Koch: the last κ of each band, and the first of the next. */
const BANDS = [
  [-0.01, "poor"],
  [0, "slight"],
  [0.2, "slight"],
  [0.21, "fair"],
  [0.4, "fair"],
  [0.41, "moderate"],
  [0.6, "moderate"],
  [0.61, "substantial"],
  [0.8, "substantial"],
  [0.81, "almostPerfect"],
  [1, "almostPerfect"],
] as const;

test.each(BANDS)("a κ of %s is %s, and so is a lower bound", (kappa, degree) => {
  expect(kappaDegree(kappa)).toBe(degree);
  expect(kappaWord({ lower: kappa })).toBe(degree);
});

test("a lower bound that is not known has no degree", () => {
  expect(kappaWord({ lower: null })).toBe("unknown");
});

test("every degree has its word, and no other has", () => {
  const degrees = [...new Set(BANDS.map(([, degree]) => degree))].sort();
  for (const { degree } of [english, polish]) expect(Object.keys(degree).sort()).toEqual(degrees);
});

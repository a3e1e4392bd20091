import { expect, it } from "vitest";
import { powerSentence } from "./power-sentence.ts";

const POWER = {
  cases: 60,
  groups: 60,
  detectableDifference: 0.1579,
  passChanceWhenEqual: 0.138,
  casesNeeded: 599,
  note: "",
};

it("says the smallest change that can be shown and how many cases would do", () => {
  expect(powerSentence(POWER)).toBe(
    "Before the run: the smallest change of the score that its 60 cases can show is about 0.1579; a version as good as the incumbent passes with a chance of 13 %, and about 599 cases would make it 80 %.",
  );
});

it("names no number of cases where these are enough or none would do, and invents nothing that is not known", () => {
  expect(powerSentence({ ...POWER, passChanceWhenEqual: 0.97, casesNeeded: null })).toMatch(
    /chance of 97 %\.$/,
  );
  expect(powerSentence({ ...POWER, passChanceWhenEqual: 0.76, casesNeeded: 60 })).toMatch(
    /chance of 76 %\.$/,
  );
  expect(
    powerSentence({ ...POWER, detectableDifference: null, passChanceWhenEqual: null, casesNeeded: null }),
  ).toBe("Before the run: how small a change its 60 cases can show could not be told.");
});

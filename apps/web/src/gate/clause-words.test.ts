import type { VerdictClause } from "@assay/core";
import i18next, { type TFunction } from "i18next";
import { beforeAll, describe, expect, test } from "vitest";
import { formatIn } from "../i18n/format.ts";
import { clauseWords, neededWords } from "./clause-words.ts";
import english from "./messages.en.json" with { type: "json" };
import polish from "./messages.pl.json" with { type: "json" };

const score: VerdictClause = {
  clause: "minScore",
  outcome: "inconclusive",
  value: 0.85,
  bound: 0.9,
  message: "…",
  interval: { mean: 0.92, lower: 0.85, upper: 0.96 },
  count: 120,
  needed: 310,
};
let inLanguage: (language: "en" | "pl") => { t: TFunction; format: ReturnType<typeof formatIn> };

beforeAll(async () => {
  await i18next.init({
    lng: "en",
    ns: ["gate"],
    defaultNS: "gate",
    resources: { en: { gate: english }, pl: { gate: polish } },
    interpolation: { escapeValue: false },
  });
  inLanguage = (language) => ({ t: i18next.getFixedT(language, "gate"), format: formatIn(language) });
});

describe("a clause in words", () => {
  test("says what was found, how sure it is and what is asked for", () => {
    expect(clauseWords(score, inLanguage("en"))).toBe(
      "The score is 0.920 over 120 cases, so the true value could be as low as 0.850; 0.900 must be sure.",
    );
    expect(clauseWords(score, inLanguage("pl"))).toBe(
      "Wynik: 0,920 (liczba przypadków: 120), więc prawdziwa wartość może wynosić nawet 0,850; pewne musi być 0,900.",
    );
  });

  test("says how many more cases would decide", () => {
    expect(neededWords(score, inLanguage("en"))).toBe("About 310 cases like these would decide it: add 190.");
    const { needed: _, ...hopeless } = score;
    expect(neededWords(hopeless, inLanguage("en"))).toBeNull();
  });

  test("says how far off a refusal is, for a metric by its name", () => {
    const clause: VerdictClause = {
      ...score,
      outcome: "fail",
      metric: "clarity",
      interval: { mean: 0.61, lower: 0.5, upper: 0.7 },
    };
    expect(clauseWords(clause, inLanguage("en"))).toBe(
      "The metric “clarity” is 0.610, which is 0.290 below the 0.900 that is asked for.",
    );
  });

  test("tells nothing to compare with from a comparison that is missing", () => {
    const { interval: _, ...alone } = { ...score, clause: "maxRegression" as const };
    expect(clauseWords({ ...alone, outcome: "pass" }, inLanguage("en"))).toContain("no other version");
    expect(clauseWords(alone, inLanguage("en"))).toContain("no scores on these cases");
  });

  test("names the version that it was held against, and calls it what it is", () => {
    const flips = { ...score, clause: "noFlips" as const, outcome: "fail" as const, incumbentVersion: 4 };
    const roleOf = () => "lastPromoted" as const;
    const change: VerdictClause = { ...flips, clause: "maxRegression" };
    expect(clauseWords(change, { ...inLanguage("en"), roleOf })).toMatch(
      /^Against version 4, the last one promoted, the score changes by/,
    );
    expect(clauseWords(change, inLanguage("pl"))).toContain("względem wersji 4 wynosi");
    expect(clauseWords({ ...flips, value: 2 }, inLanguage("en"))).toBe(
      "2 guarded cases pass with version 4, and not with this version; none may.",
    );
    const { incumbentVersion: _, ...old } = change;
    expect(clauseWords(old, inLanguage("en"))).toContain("Against the version it was held against,");
  });

  test("has words for every clause and outcome, in both languages", () => {
    const outcomes = ["pass", "fail", "inconclusive", "suspended"] as const;
    const possible = Object.entries(english.words).flatMap(([clause, words]) =>
      typeof words === "string"
        ? []
        : outcomes.filter((outcome) => outcome in words).map((each) => [clause, each]),
    );
    for (const [clause, outcome] of possible) {
      for (const language of ["en", "pl"] as const) {
        const given = { ...score, metric: "kind", clause, outcome } as VerdictClause;
        expect(clauseWords(given, inLanguage(language))).not.toMatch(/words\.|\{\{|undefined/);
      }
    }
    expect(possible.length).toBeGreaterThan(20);
  });
});

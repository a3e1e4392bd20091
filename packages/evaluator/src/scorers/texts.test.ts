import { supportedLanguages, toISO2 } from "tinyld";
import { describe, expect, test } from "vitest";
import { LANGUAGE_CODES } from "../language-codes.ts";
import { type Judged, judge, scoreOf } from "../testing/judge-output.ts";

type Row = [type: string, judged: Judged, score: number | "not_scored"];

test.each<Row>([
  ["starts-with", { output: " Dear Jo", expected: "Dear" }, 1],
  ["starts-with", { output: " Dear Jo", expected: "Dear", options: { trim: false } }, 0],
  ["starts-with", { output: "dear", expected: ["Hi", "Dear"], options: { ignoreCase: true } }, 1],
  ["starts-with", { output: "Oh dear", options: { values: ["Dear"], ignoreCase: true } }, 0],
  ["starts-with", { output: "x" }, "not_scored"],
  ["ends-with", { output: "the end. ", expected: "end." }, 1],
  ["ends-with", { output: "the end", expected: "end." }, 0],
  ["ends-with", { output: "x", expected: { a: 1 } }, "not_scored"],
])("%s of %j is %s", (type, judged, score) => {
  expect(scoreOf(type, judged)).toBe(score);
});

test.each<[Judged, number | "not_scored"]>([
  [{ output: "It is 42.", expected: 42 }, 1],
  [{ output: "It is 42.", expected: "42" }, 1],
  [{ output: "It is 41.5.", expected: 42 }, 0],
  [{ output: "It is 41.5.", expected: 42, options: { absolute: 0.5 } }, 1],
  [{ output: "0.3", expected: 0.2, options: { absolute: 0.1 } }, 1],
  [{ output: "97", expected: 100, options: { relative: 0.03 } }, 1],
  [{ output: "96", expected: 100, options: { relative: 0.03 } }, 0],
  [{ output: "-97", expected: -100, options: { relative: 0.03 } }, 1],
  [{ output: "−5", expected: -5 }, 1],
  [{ output: "Total: 1,234.50 of 9", expected: 1234.5, options: { find: "first" } }, 1],
  [{ output: "Total: 1,234.50 of 9", expected: 1234.5 }, 0],
  [{ output: "Total: 1,234.50 of 9", expected: 1234.5, options: { find: "any" } }, 1],
  [{ output: "1.2e3", expected: 1200, options: { find: "only" } }, 1],
  [{ output: "about 1200", expected: 1200, options: { find: "only" } }, 0],
  [{ output: "none", expected: 1 }, 0],
  [{ output: "7", options: { expected: 7 } }, 1],
  [{ output: "7" }, "not_scored"],
  [{ output: "7", expected: "seven" }, "not_scored"],
])("numeric of %j is %s", (judged, score) => {
  expect(scoreOf("numeric", judged)).toBe(score);
});

test("the difference of a number, and the edits of a text, are kept as what was measured", () => {
  expect(judge("numeric", { output: "7", expected: 10 })).toMatchObject({ score: 0, value: 3 });
  expect(judge("levenshtein", { output: "kitten", expected: "sitting" })).toMatchObject({ value: 3 });
});

test("levenshtein passes within a largest distance", () => {
  const score = (maxDistance: number) =>
    scoreOf("levenshtein", { output: "kitten", expected: "sitting", options: { maxDistance } });
  expect([score(2), score(3)]).toEqual([0, 1]);
});

test.each<Row>([
  ["rouge-n", { output: "the cat", expected: ["a dog", "the cat sat"] }, 4 / 5],
  ["rouge-n", { output: "the cat sat", expected: "the cat ran", options: { n: 2 } }, 1 / 2],
  ["rouge-l", { output: "police kill the gunman", expected: "police killed the gunman" }, 3 / 4],
  ["bleu", { output: "The dog bit the man.", expected: ["x", "The dog bit the man."] }, 1],
  ["gleu", { output: "a b", expected: "a c" }, 1 / 3],
  ["chrf", { output: "abc", expected: ["xyz", "abd"] }, 7 / 18],
  ["chrf", { output: "abc", expected: { a: 1 } }, "not_scored"],
  ["rouge-l", { output: "abc" }, "not_scored"],
  ["bleu", { output: "abc", expected: [] }, "not_scored"],
  ["gleu", { output: "abc", expected: ["a", 1] }, "not_scored"],
])("%s takes the best of the expectations: %j is %s", (type, judged, score) => {
  const found = scoreOf(type, judged);
  if (typeof score === "string") expect(found).toBe(score);
  else expect(found).toBeCloseTo(score, 12);
});

describe("length", () => {
  test.each([
    ["characters", "zażółć 😀", 8],
    ["words", "it's  well-known -\nthat", 4],
    ["sentences", "One. Two! Three?\nFour… no end", 5],
    ["sentences", "3.14 is pi", 1],
    ["lines", "a\n\nb\r\nc", 3],
    ["words", "", 0],
  ])("counts %s of %j as %i", (unit, output, count) => {
    const options = { unit, min: count, max: count };
    expect(judge("length", { output, options })).toMatchObject({ score: 1, value: count });
    expect(scoreOf("length", { output, options: { unit, min: count + 1 } })).toBe(0);
  });

  test("needs a bound that can be met", () => {
    expect(() => judge("length", { options: { unit: "words" } })).toThrow("needs min, max or both");
    expect(() => judge("length", { options: { unit: "words", min: 2, max: 1 } })).toThrow("min is above max");
  });
});

describe("refusal", () => {
  test.each([
    "I'm sorry, but I can't help with that.",
    "I’m sorry, I cannot assist with this request.",
    "Unfortunately, I am unable to provide medical advice.",
    "As an AI language model, I cannot have opinions.",
    "I must decline.",
    "Przykro mi, ale nie mogę tego zrobić.",
    "Nie mogę pomóc w tej sprawie.",
    "Es tut mir leid, aber ich kann dir dabei nicht helfen.",
    "Je suis désolé, mais je ne peux pas vous aider.",
    "Lo siento, no puedo ayudar con eso.",
    "Mi dispiace, ma non posso aiutarti.",
    "Desculpe, mas não posso ajudar com isso.",
    "  ",
  ])("is seen in %j", (output) => {
    expect(scoreOf("refusal", { output })).toBe(1);
  });

  test.each([
    "Your refund is on its way.",
    "I can't stress enough how important backups are.",
    "I can help you with that!",
    "We are sorry for the delay; your bag arrives today.",
    "Nie ma problemu, już pomagam.",
    "Ich helfe Ihnen gern.",
    "I can't wait to help you provide a better service.",
  ])("is not seen in %j", (output) => {
    expect(scoreOf("refusal", { output })).toBe(0);
  });

  test("is looked for in the languages that are asked for, and a call of a tool is an answer", () => {
    expect(scoreOf("refusal", { output: "Nie mogę pomóc.", options: { languages: ["en"] } })).toBe(0);
    expect(scoreOf("refusal", { output: "", calls: [["f", "{}"]] })).toBe(0);
  });
});

describe("language", () => {
  test("may be any that the detector tells", () => {
    expect([...LANGUAGE_CODES].sort()).toEqual([...new Set(supportedLanguages.map(toISO2))].sort());
  });

  test.each<[string, string, number | "not_scored"]>([
    ["The invoice is attached to this message, please pay it soon.", "en", 1],
    ["Dzień dobry, chciałbym zwrócić bilet na jutrzejszy lot.", "pl", 1],
    ["Dzień dobry, chciałbym zwrócić bilet na jutrzejszy lot.", "en", 0],
    ["Bonjour, je voudrais un remboursement de mon billet.", "fr", 1],
    ["ok", "en", "not_scored"],
    ["Guten Tag", "de", "not_scored"],
    ["12345 67890 !!!", "en", "not_scored"],
    ["", "en", "not_scored"],
  ])("of %j held against %s is %s", (output, language, score) => {
    expect(scoreOf("language", { output, options: { language } })).toBe(score);
    expect(scoreOf("language", { output, expected: language })).toBe(score);
  });

  test("is one that can be told", () => {
    expect(() => judge("language", { options: { language: "xx" } })).toThrow("ISO 639-1");
    expect(scoreOf("language", { output: "a long enough text in English words" })).toBe("not_scored");
  });
});

describe("pii-leak", () => {
  const leak = "Mail a@b.pl or b@c.pl, card 4111 1111 1111 1111";
  test("counts what was found without repeating it", () => {
    expect(judge("pii-leak", { output: leak })).toEqual({
      status: "scored",
      score: 0,
      value: 3,
      detail: "email: 2, card: 1",
    });
    expect(judge("pii-leak", { output: "All is well." })).toMatchObject({ score: 1, value: 0 });
  });

  test("looks for what it is asked to, and may leave out what the case says itself", () => {
    expect(scoreOf("pii-leak", { output: leak, options: { kinds: ["iban"] } })).toBe(1);
    const variables = { mail: "I am a@b.pl, card 4111111111111111" };
    expect(judge("pii-leak", { output: leak, variables, options: { ignoreGiven: true } })).toMatchObject({
      value: 1,
      detail: "email: 1",
    });
    expect(scoreOf("pii-leak", { output: "600 100 200" })).toBe(1);
    expect(scoreOf("pii-leak", { output: "600 100 200", options: { phoneCountry: "PL" } })).toBe(0);
  });
});

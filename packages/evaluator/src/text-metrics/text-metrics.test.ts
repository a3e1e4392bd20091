import { describe, expect, test } from "vitest";
import { chrfScore } from "./chrf-score.ts";
import { rougeScore } from "./rouge-score.ts";
import { sentenceBleu } from "./sentence-bleu.ts";
import { sentenceGleu } from "./sentence-gleu.ts";
import { tokenize13a } from "./tokenize-13a.ts";

// Values of sacrebleu 2.6 (BLEU(effective_order=True), CHRF()), NLTK 3.9 (sentence_gleu on 13a tokens) and
// rouge-score 0.1.2; 300 random sentences with punctuation and Polish letters gave the same to 1e-9 as well.
const GUIDE =
  "It is a guide to action which ensures that the military always obeys the commands of the party";
const GUIDES = [
  "It is a guide to action that ensures that the military will forever heed Party commands",
  "It is the guiding principle which guarantees the military forces always being under the command of the Party",
  "It is the practical guide for the army always to heed the directions of the party",
];
const DOG = "The dog bit the man.";
const HAD = "The dog had bit the man.";
const HIM = "The man bit him first.";
const HIMS = ["The man bitten him first.", "The man had bitten the dog."];
const THE = "the the the the the the the";
const MATS = ["The cat is on the mat.", "There is a cat on the mat."];

describe("as sacreBLEU computes it", () => {
  test.each([
    // The example of sacreBLEU's README, sentence by sentence.
    [DOG, [HAD, DOG], 1],
    [HIM, HIMS, 0.3799178428257963],
    // Candidate 1 of Papineni et al. 2002.
    [GUIDE, GUIDES, 0.5045666840058485],
    // Their example of clipping: two of seven words count.
    [THE, MATS, 0.06567274736060395],
    ["", ["a"], 0],
    ["x", ["y"], 0],
  ])("BLEU of %j", (output, references, score) => {
    expect(sentenceBleu(output, references)).toBeCloseTo(score, 12);
  });

  test("BLEU by hand: 3 of 4 words, 1 of 3 pairs, no longer runs, shorter than the reference by one", () => {
    // a b x d against a b c d e: p1 = 3/4, p2 = 1/3, p3 = (1/2)/2, p4 = (1/4)/1, penalty exp(1 − 5/4).
    const byHand = Math.exp(1 - 5 / 4) * ((3 / 4) * (1 / 3) * (1 / 4) * (1 / 4)) ** (1 / 4);
    expect(sentenceBleu("a b x d", ["a b c d e"])).toBeCloseTo(byHand, 12);
  });

  test.each([
    [DOG, HAD, 2, 0.6764711450656518],
    [DOG, HAD, 3, 0.664068104611875],
    [HIM, HIMS[0] as string, 2, 0.714507913984833],
    [GUIDE, GUIDES[0] as string, 2, 0.6305062104907189],
    ["same", "same", 2, 1],
    ["", "x", 2, 0],
  ])("chrF of %j", (...[output, reference, beta, score]) => {
    expect(chrfScore(output, reference, beta)).toBeCloseTo(score, 12);
  });

  test("chrF by hand: abc against abd", () => {
    // Order 1: 2/3, order 2: 1/2, order 3: 0; precision and recall are the same, and so is their F-score.
    expect(chrfScore("abc", "abd", 2)).toBeCloseTo((2 / 3 + 1 / 2 + 0) / 3, 12);
  });

  test("tokens of 13a part punctuation from words but not within numbers", () => {
    expect(tokenize13a('Hello, world! 3.14 or 1,000-2 "y" a.b &amp; U.S.')).toEqual(
      'Hello , world ! 3.14 or 1,000 - 2 " y " a . b & U . S .'.split(" "),
    );
  });
});

test.each([
  [GUIDE, GUIDES, 0.4393939393939394],
  [HIM, HIMS, 0.5],
  [THE, MATS, 0.045454545454545456],
  [DOG, [DOG], 1],
])("GLEU of %j is NLTK's", (output, references, score) => {
  expect(sentenceGleu(output, references)).toBeCloseTo(score, 12);
});

describe("ROUGE", () => {
  test.each([
    // Lin 2004, section 3.1: ROUGE-L of S2 is 3/4 and of S3 2/4 while ROUGE-2 cannot tell them apart.
    ["police kill the gunman", "police killed the gunman", { kind: "l" }, 3 / 4],
    ["the gunman kill police", "police killed the gunman", { kind: "l" }, 2 / 4],
    ["police kill the gunman", "police killed the gunman", { kind: "n", size: 2 }, 1 / 3],
    ["the gunman kill police", "police killed the gunman", { kind: "n", size: 2 }, 1 / 3],
    // Values of rouge-score.
    [GUIDE, GUIDES[0] as string, { kind: "n", size: 1 }, 0.7058823529411765],
    [GUIDE, GUIDES[0] as string, { kind: "n", size: 2 }, 0.5],
    [GUIDE, GUIDES[0] as string, { kind: "l" }, 0.6470588235294118],
    // By hand: 2 of 3 words and 2 of 4, F1 = 2·(2/3)(2/4)/(2/3 + 2/4).
    ["A b, c!", "a b d e", { kind: "n", size: 1 }, 4 / 7],
    ["Zażółć gęślą", "zażółć jaźń", { kind: "n", size: 1 }, 1 / 2],
    ["", "x", { kind: "l" }, 0],
    ["one", "one", { kind: "n", size: 2 }, 0],
  ] as const)("of %j and %j is Lin's", (...[output, reference, variant, score]) => {
    expect(rougeScore(output, reference, variant)).toBeCloseTo(score, 12);
  });

  test("has no value for texts that are too long to compare", () => {
    const long = "a b ".repeat(30_000);
    expect(rougeScore(long, long, { kind: "l" })).toBeUndefined();
    expect(rougeScore(long, long, { kind: "n", size: 2 })).toBeUndefined();
    const wide = `${"a".repeat(600_000)} b`;
    expect(rougeScore(wide, wide, { kind: "n", size: 1 })).toBeUndefined();
  });
});

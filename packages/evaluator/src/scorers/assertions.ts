import { type Json, type ScoreOutcome, ScorerEntry, type ScorerUse } from "@assay/core";
import { z } from "zod";
import {
  type DeterministicScorer,
  defineScorer,
  measured,
  notScored,
  type ScoreInput,
  type Scorer,
} from "../define-scorer.ts";

const OWN_REVISION = 1;
const ASSERTIONS_MAX = 50;
/** Schemas of so many characters take some hundredths of a second to compile; longer ones grow faster than their length. */
const LIGHT_OPTIONS_CHARS_MAX = 2_000;
/** What the assertions read together: some, as of schemas, take tens of steps for each character. */
const LIGHT_OUTPUT_CHARS_MAX = 64_000;
const SCORE_EPSILON = 1e-9;

/** What a case expects of its own output: uses of scorers, each with the expectation that it is to see. */
const Expectation = z.strictObject({
  assertions: z.array(z.looseObject({ type: z.string() })).max(ASSERTIONS_MAX),
  /** From this weighted mean of the scores on the case passes; without one every assertion must be met. */
  threshold: z.number().min(0).max(1).optional(),
});

interface Assertion {
  use: ScorerUse;
  scorer: DeterministicScorer;
  options: unknown;
  expected: Json | undefined;
}

/**
 * The scorer that reads from each case what is asserted of it, where the other scorers are the same for all cases. An
 * assertion that cannot be read or judged leaves the case without a score.
 */
export function assertionsOver(scorers: readonly Scorer[]): DeterministicScorer {
  const byType = new Map(scorers.map((scorer) => [scorer.type, scorer]));
  const read = ({ testCase }: ScoreInput) => readAssertions(testCase.expected ?? null, byType);
  return defineScorer({
    type: "assertions",
    title: "Assertions of the case",
    description:
      'The case\'s own list, {"assertions": [{type, expected, options, negate, threshold, weight, name}], "threshold"}: 1 when every assertion is met, or their weighted mean reaches the threshold where there is one; else the smaller of that mean and the share that is met. Scorers that ask something else belong into the suite.',
    // Evidence names the revisions of the suite's scorers: this one stands for all that a case may name.
    revision: scorers.reduce((sum, { revision }) => sum + revision, OWN_REVISION),
    measure: { unit: "weighted mean", direction: "maximize" },
    options: z.strictObject({}),
    isHeavy: ({ testCase, output }) => isHeavy(testCase.expected ?? null, output.length),
    load: async (input) => {
      const found = read(input);
      if (typeof found === "string") return;
      for (const assertion of found.assertions) await assertion.scorer.load?.(inputOf(input, assertion));
    },
    steps: (input) => {
      const found = read(input);
      if (typeof found === "string") return 0;
      return found.assertions.reduce((sum, assertion) => {
        const { scorer, options } = assertion;
        return sum + input.output.length / 4 + (scorer.steps?.(inputOf(input, assertion), options) ?? 0);
      }, 0);
    },
    score: (input) => {
      const found = read(input);
      return typeof found === "string" ? notScored(found) : judge(input, found);
    },
  });
}

/**
 * Are the options together so long that reading them, compiling schemas and patterns, takes more than a moment, or do
 * the assertions together read so much of the output?
 */
function isHeavy(expected: Json, outputChars: number): boolean {
  if (typeof expected !== "object" || expected === null || Array.isArray(expected)) return false;
  const { assertions } = expected;
  if (!Array.isArray(assertions)) return false;
  if (assertions.length * outputChars > LIGHT_OUTPUT_CHARS_MAX) return true;
  let chars = 0;
  for (const assertion of assertions) {
    if (typeof assertion !== "object" || assertion === null || Array.isArray(assertion)) continue;
    if (assertion.options !== undefined) chars += JSON.stringify(assertion.options).length;
    if (chars > LIGHT_OPTIONS_CHARS_MAX) return true;
  }
  return false;
}

function judge(
  input: ScoreInput,
  { assertions, threshold }: { assertions: readonly Assertion[]; threshold: number | undefined },
): ScoreOutcome {
  const tally = { score: 0, met: 0, weight: 0 };
  const missed: string[] = [];
  for (const assertion of assertions.filter(({ use }) => use.weight > 0)) {
    const { use, scorer, options } = assertion;
    const outcome = scorer.score(inputOf(input, assertion), options);
    const name = use.name ?? use.type;
    if (outcome.status === "not_scored") return notScored(`${name}: ${outcome.reason}`);
    tally.weight += use.weight;
    tally.score += use.weight * scoreOf(use, outcome.score);
    if (isMet(use, outcome.score)) tally.met += use.weight;
    else missed.push(outcome.detail === undefined ? name : `${name} (${outcome.detail})`);
  }
  if (tally.weight === 0) return measured(1, 1, "nothing is asserted");
  const mean = tally.score / tally.weight;
  const passes = threshold === undefined ? missed.length === 0 : mean >= threshold - SCORE_EPSILON;
  const detail = missed.length === 0 ? undefined : `not met: ${missed.slice(0, 5).join("; ")}`;
  return measured(passes ? 1 : Math.min(mean, tally.met / tally.weight), mean, detail);
}

function isMet({ negate = false, threshold }: ScorerUse, score: number): boolean {
  if (threshold !== undefined) return score >= threshold - SCORE_EPSILON !== negate;
  return scoreOf({ negate }, score) >= 1 - SCORE_EPSILON;
}

function scoreOf({ negate }: Pick<ScorerUse, "negate">, score: number): number {
  return negate === true ? 1 - score : score;
}

function inputOf(input: ScoreInput, { expected }: Assertion): ScoreInput {
  const { expected: _, ...testCase } = input.testCase;
  return { ...input, testCase: expected === undefined ? testCase : { ...testCase, expected } };
}

function readAssertions(
  expected: Json,
  byType: ReadonlyMap<string, Scorer>,
): { assertions: Assertion[]; threshold: number | undefined } | string {
  const parsed = Expectation.safeParse(expected);
  if (!parsed.success) return "the case's expectation is no list of assertions";
  const assertions: Assertion[] = [];
  for (const [index, { expected: wanted, ...entry }] of parsed.data.assertions.entries()) {
    const assertion = readAssertion(entry, byType);
    if (typeof assertion === "string") return `assertion ${index + 1}: ${assertion}`;
    assertions.push({ ...assertion, expected: wanted as Json | undefined });
  }
  return { assertions, threshold: parsed.data.threshold };
}

function readAssertion(
  entry: { type: string },
  byType: ReadonlyMap<string, Scorer>,
): Omit<Assertion, "expected"> | string {
  const use = ScorerEntry.safeParse(entry);
  if (!use.success) return use.error.issues[0]?.message ?? "cannot be read";
  const scorer = byType.get(use.data.type);
  if (scorer === undefined) return `there is no scorer "${use.data.type}"`;
  if (scorer.kind !== "deterministic") return `${use.data.type} asks something else; put it into the suite`;
  const options = scorer.options.safeParse(use.data.options);
  if (!options.success) {
    const [issue] = options.error.issues;
    return `options.${issue?.path.join(".")}: ${issue?.message}`;
  }
  return { use: use.data, scorer, options: options.data };
}

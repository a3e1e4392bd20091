import { Case, PromptContent, Run, RunResult, Verdict } from "@assay/core";
import { z } from "zod";

/** A case whose outcome is another than with the version that the label holds. */
export const Flip = z.object({
  caseKey: z.string(),
  tags: z.array(z.string()),
  /** `broken`: passed and no longer does. `lost`: passed and now has no score. `mended`: did not pass and now does. */
  change: z.enum(["broken", "lost", "mended"]),
  before: RunResult,
  after: RunResult,
});
export type Flip = z.infer<typeof Flip>;

/** The run of the version that the gate's label holds, on the same cases. */
export const Baseline = z.object({ run: Run, flips: z.array(Flip) });
export type Baseline = z.infer<typeof Baseline>;

const named = { file: z.string(), suite: z.string() };

/** One suite of an evaluation, as every reporter sees it. */
export const SuiteReport = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("could_not_run"),
    ...named,
    message: z.string(),
    details: z.array(z.string()),
  }),
  /** In pull-request mode: there was nothing to judge. */
  z.object({ status: z.literal("skipped"), ...named, message: z.string() }),
  z.object({
    status: z.literal("finished"),
    ...named,
    run: Run,
    results: z.array(RunResult),
    /** What cases asked and expected, by case key: those that did not pass or changed, the first of them. */
    cases: z.record(z.string(), Case),
    /** What the version that was judged says; null where it could not be read. */
    content: PromptContent.nullable(),
    baseline: Baseline.nullable(),
    /** Of a run over a part of the cases: how many of how many, and whether the suite has a gate, which then was not asked. */
    part: z
      .object({ cases: z.number().int(), of: z.number().int().nullable(), hasGate: z.boolean() })
      .nullable()
      .optional(),
    /** In pull-request mode: whether the label could move to the version now; null where nobody asked. */
    promotion: Verdict.nullable(),
    /** What the report lacks or a reader should know, in sentences. It changes no outcome. */
    notes: z.array(z.string()),
  }),
]);
export type SuiteReport = z.infer<typeof SuiteReport>;
export type FinishedSuite = Extract<SuiteReport, { status: "finished" }>;

export const EvalOutcome = z.enum(["passed", "failed", "could_not_run"]);
export type EvalOutcome = z.infer<typeof EvalOutcome>;

/** The document of the `json` reporter. Members may be added to `assay.eval/1`, never changed or taken away. */
export const EvalReport = z.object({
  schema: z.literal("assay.eval/1"),
  outcome: EvalOutcome,
  suites: z.array(z.intersection(z.object({ outcome: EvalOutcome }), SuiteReport)),
});

import { z } from "zod";
import { KappaView } from "./annotation.ts";
import { Slug, VersionNumber } from "./names.ts";

/**
 * What a judge may do for its suite's gate. `reports`: no clause of the gate asks it, or there is no gate. `proven`: it
 * agrees with people as the gate asks. `suspended`: it does not yet, so that what it enters is not decided.
 */
export const JudgeStandingView = z.enum(["reports", "proven", "suspended"]);
export type JudgeStandingView = z.infer<typeof JudgeStandingView>;

/** A metric of a suite that a model judges, as suite and judge are now. */
export const JudgeInSuite = z.object({
  suite: Slug,
  suiteVersion: VersionNumber,
  prompt: Slug,
  metric: z.string(),
  scorer: z.string(),
  weight: z.number(),
  /** The prompt versions and models that judge. */
  judges: z.array(z.string()),
  standing: JudgeStandingView,
  /** Of its verdicts on outputs of this prompt and dataset with the labels that count; null without any. */
  agreement: KappaView.nullable(),
  /** What the gate asks for. */
  minKappa: z.number(),
  minLabels: z.number().int(),
  /** One sentence: what was found and what would help. Null where the gate does not ask it. */
  message: z.string().nullable(),
  /** Where its outputs are labelled. */
  queues: z.array(Slug),
});
export type JudgeInSuite = z.infer<typeof JudgeInSuite>;

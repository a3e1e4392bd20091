import { z } from "zod";
import { Id, Slug, VersionNumber } from "./names.ts";
import { RunPower } from "./run.ts";

/** What a run would be, said before it is started. */
export const PlannedRun = z.object({
  suite: Slug,
  suiteVersion: VersionNumber,
  prompt: Slug,
  promptVersion: VersionNumber,
  dataset: Slug,
  datasetVersion: VersionNumber,
  cases: z.number().int(),
  repeats: z.number().int(),
  /** What the gate compares with; null without a gate, or without another version that its label holds. */
  incumbentVersion: VersionNumber.nullable(),
  /** The incumbent has no comparable run yet and would be measured first. */
  measuresIncumbent: z.boolean(),
  /** Could the run become evidence for a gate? A part of the dataset never does. */
  isEvidence: z.boolean(),
  /** Of every answer, by the tokens of an earlier run; answers that are known cost nothing. Null when it cannot be told. */
  costMicros: z.number().int().nullable(),
  judgeCostMicros: z.number().int().nullable(),
  /** The run whose tokens and spread were taken. */
  earlierRunId: Id.nullable(),
  power: RunPower.nullable(),
  /** Tags of the dataset version with their cases, the most frequent first. */
  tags: z.array(z.object({ tag: z.string(), cases: z.number().int() })),
});
export type PlannedRun = z.infer<typeof PlannedRun>;

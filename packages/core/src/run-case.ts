import { z } from "zod";
import { CaseKey } from "./case-names.ts";
import { ChatMessage } from "./chat.ts";
import { Case } from "./dataset.ts";
import { Id, Slug, VersionNumber } from "./names.ts";
import { RunResult } from "./run.ts";

export const RunCaseQuery = z.strictObject({
  key: CaseKey,
  /** Whose answer to show beside it; without it the run that the gate compared with. */
  against: Id.optional(),
});

/** One case of a run, all its repeats. */
export const RunCase = z.object({
  case: Case,
  /** What the version made of it; null where it could not be rendered, which `problem` explains. */
  messages: z.array(ChatMessage).nullable(),
  problem: z.string().nullable(),
  /** Empty while the case has not been carried out. */
  results: z.array(RunResult),
  /** There are more repeats, whose answers are too long to come along; the run's results have them. */
  hasMoreRepeats: z.boolean(),
  /** The same case in another run; null without one, or where that run does not have the case. */
  against: z
    .object({ runId: Id, prompt: Slug, promptVersion: VersionNumber, results: z.array(RunResult) })
    .nullable(),
});
export type RunCase = z.infer<typeof RunCase>;

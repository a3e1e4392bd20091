import { z } from "zod";
import { ChangeRequest, ContentDiff, StaleApproval } from "./change-request.ts";
import { Evidence, Gate, Verdict } from "./gate.ts";
import { Id, LabelName, Slug, Timestamp, VersionNumber } from "./names.ts";
import { Label } from "./prompt.ts";
import { Run } from "./run.ts";

/** Served requests that named a label. */
export const LabelUse = z.object({
  /** From when on requests were counted: later than asked where there were too many. */
  since: Timestamp,
  requests: z.number().int(),
  /** Keys that sent them. */
  keys: z.number().int(),
  lastAt: Timestamp.nullable(),
});
export type LabelUse = z.infer<typeof LabelUse>;

/** A version that another must not be worse than; the run is null where it has none that can be compared. */
const HeldAgainst = z.object({ version: VersionNumber, runId: Id.nullable() });

/** What moving a label to a version would mean at this moment: everything that somebody who promotes should see. */
export const Promotion = z.object({
  prompt: Slug,
  label: LabelName,
  version: VersionNumber,
  /** Null when the label does not point anywhere. */
  present: Label.nullable(),
  /** The label is there already, as well proven as it can be. */
  isDone: z.boolean(),
  gate: Gate.nullable(),
  /** What the gate says to the move now; null for a label without a gate. */
  verdict: Verdict.nullable(),
  /** The run that the verdict stands on. */
  evidence: Evidence.nullable(),
  /** Where there is none: the newest finished run of the gate's suite, with what has changed since. */
  outdated: Evidence.nullable(),
  /** The newest run of the gate's suite on the version that has not finished. */
  activeRun: Run.nullable(),
  /** What the version is held against: what the label holds in its own right, and that version's run. */
  incumbent: HeldAgainst.nullable(),
  /** After a rollback the version promoted last counts as well, until a promotion passes against both. */
  secondIncumbent: HeldAgainst.nullable(),
  /** From what the label means now to the version. */
  diff: ContentDiff,
  /** The proposal of this very move that can still lead to it. */
  changeRequest: ChangeRequest.nullable(),
  /** Why its approval does not hold any more; null while it does, and where there is none. */
  staleApproval: StaleApproval.nullable(),
  use: LabelUse,
});
export type Promotion = z.infer<typeof Promotion>;

import { z } from "zod";
import { DiffLine } from "./diff-line.ts";
import { Evidence, Verdict } from "./gate.ts";
import { LIMITS } from "./limits.ts";
import { Id, JsonValue, LabelName, Slug, Timestamp, VersionNumber } from "./names.ts";
import { PageQuery } from "./page.ts";

/** `open` and `approved` may still change; the others are ends. */
export const ChangeStatus = z.enum(["open", "approved", "rejected", "withdrawn", "carried_out"]);
export type ChangeStatus = z.infer<typeof ChangeStatus>;

/** A proposal to move a label of a prompt to a version. Actors are `key:<id>`. */
export const ChangeRequest = z.object({
  id: Id,
  prompt: Slug,
  label: LabelName,
  /** What the label meant when this was proposed; null when it did not exist. */
  fromVersion: VersionNumber.nullable(),
  toVersion: VersionNumber,
  title: z.string(),
  description: z.string(),
  status: ChangeStatus,
  proposedBy: z.string(),
  /** Who added the version; null when that is not known. */
  writtenBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  decidedAt: Timestamp.nullable(),
  /** The move that carried it out. */
  moveId: Id.nullable(),
  createdAt: Timestamp,
});
export type ChangeRequest = z.infer<typeof ChangeRequest>;

export const ChangeRequestDraft = z.strictObject({
  label: LabelName,
  version: VersionNumber,
  title: z.string().min(1).max(LIMITS.nameLengthMax),
  description: z.string().max(LIMITS.descriptionLengthMax).default(""),
});
export type ChangeRequestDraft = z.infer<typeof ChangeRequestDraft>;

export const ChangeRequestQuery = PageQuery.extend({
  status: ChangeStatus.optional(),
  prompt: Slug.optional(),
});
export type ChangeRequestQuery = z.infer<typeof ChangeRequestQuery>;

/** How two contents differ: the messages' text line by line, everything else member by member. */
export const ContentDiff = z.object({
  messages: z.array(DiffLine),
  /** Named as in a prompt file; null where a side does not have it. */
  members: z.array(
    z.object({ member: z.string(), before: JsonValue.nullable(), after: JsonValue.nullable() }),
  ),
});
export type ContentDiff = z.infer<typeof ContentDiff>;

/** Why an approval does not hold any more. */
export const StaleApproval = z.enum(["label_moved", "gate_changed", "evidence_changed", "approver_gone"]);
export type StaleApproval = z.infer<typeof StaleApproval>;

/** The same in words. */
export const STALE_APPROVALS: Record<StaleApproval, string> = {
  label_moved: "The label has moved since it was approved.",
  gate_changed: "The label's gate is another than when it was approved.",
  evidence_changed: "It was approved on other evidence than there is now.",
  approver_gone:
    "Whoever approved it could not do so now: the key is revoked or expired, or the person may not any more.",
};

/** A change request with everything that somebody who decides on it should see, as it is at this moment. */
export const ChangeRequestDetails = ChangeRequest.extend({
  /** What the label means now; null when it does not exist. */
  presentVersion: VersionNumber.nullable(),
  diff: ContentDiff,
  /** What the gate would say to the move now; null for a label without a gate. */
  verdict: Verdict.nullable(),
  /** Finished runs of the version, newest first; the rest is in the list of evidence. */
  evidence: z.array(Evidence),
  /** Why an approval does not hold any more; null while it does, and where there is none. */
  staleApproval: StaleApproval.nullable(),
  /** What keeps the caller from approving it: a scope, or that it is in the hand of who wrote or proposed it. */
  barToApprove: z.enum(["scope", "own"]).nullable(),
});
export type ChangeRequestDetails = z.infer<typeof ChangeRequestDetails>;

export const ChangeApproval = z.strictObject({
  reason: z.string().min(1).max(LIMITS.reasonLengthMax).optional(),
});
export type ChangeApproval = z.infer<typeof ChangeApproval>;

export const ChangeRefusal = z.strictObject({ reason: z.string().min(1).max(LIMITS.reasonLengthMax) });
export type ChangeRefusal = z.infer<typeof ChangeRefusal>;

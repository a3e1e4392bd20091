import { z } from "zod";
import { LIMITS } from "./limits.ts";
import { Id, Timestamp } from "./names.ts";

/** The header of an answer that carries the right to give feedback on it. */
export const FEEDBACK_TOKEN_HEADER = "x-assay-feedback-token";

/** What a person thinks of an answer. The token came with the answer; it says whose and which. */
export const FeedbackDraft = z
  .strictObject({
    token: z.string().min(1).max(400),
    score: z.number().min(0).max(1).optional(),
    /** A score of 1 or 0. */
    thumb: z.enum(["up", "down"]).optional(),
    comment: z.string().min(1).max(LIMITS.descriptionLengthMax).optional(),
    /** What the answer should have been. */
    correction: z.string().min(1).max(LIMITS.feedbackCorrectionCharsMax).optional(),
  })
  .refine(({ score, thumb }) => score === undefined || thumb === undefined, "say score or thumb, not both")
  .refine(
    ({ score, thumb, comment, correction }) =>
      [score, thumb, comment, correction].some((part) => part !== undefined),
    "say at least one of score, thumb, comment and correction",
  );
export type FeedbackDraft = z.infer<typeof FeedbackDraft>;

/** All that the sender is told. */
export const FeedbackReceipt = z.object({ id: Id });
export type FeedbackReceipt = z.infer<typeof FeedbackReceipt>;

export const Feedback = z.object({
  id: Id,
  traceId: Id,
  score: z.number().nullable(),
  comment: z.string().nullable(),
  correction: z.string().nullable(),
  createdAt: Timestamp,
});
export type Feedback = z.infer<typeof Feedback>;

import { AppError, type FeedbackDraft, type FeedbackReceipt, LIMITS } from "@assay/core";
import { countFeedback, findTrace, insertFeedback } from "@assay/store";
import type { Platform } from "../context.ts";
import { requireRoom } from "../registry/require-room.ts";
import { readFeedbackToken } from "./feedback-token.ts";

/**
 * Records what somebody thinks of an answer. Nobody is logged in: the token alone says whose answer it was and which.
 * @throws AppError `unauthenticated`, with the same words for every token that is not good; `conflict` when the trace
 * has as much feedback as it takes
 */
export async function createFeedback(
  platform: Platform,
  { token, score, thumb, comment, correction }: FeedbackDraft,
): Promise<FeedbackReceipt> {
  const right = readFeedbackToken(platform, token);
  if (right === undefined) throw badToken();
  return await platform.store.forTenant(right.tenantId).record(async (tx) => {
    const trace = await findTrace(tx, right.traceId, true);
    if (trace === undefined) throw badToken();
    requireRoom("pieces of feedback on this answer", {
      count: await countFeedback(tx, trace.id),
      max: LIMITS.feedbackPerTraceMax,
    });
    const { id } = await insertFeedback(tx, {
      traceId: trace.id,
      score: score ?? (thumb === undefined ? null : Number(thumb === "up")),
      comment: comment ?? null,
      correction: correction ?? null,
      createdAt: platform.now(),
    });
    return { id };
  });
}

function badToken(): AppError {
  return new AppError(
    "unauthenticated",
    `This feedback token is not good, or not any more: send the one that came with the answer, within ${LIMITS.feedbackTokenDays} days.`,
  );
}

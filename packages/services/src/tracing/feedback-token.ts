import { timingSafeEqual } from "node:crypto";
import { LIMITS } from "@assay/core";
import type { Platform } from "../context.ts";

const PURPOSE = "feedback";
const DAY_S = 24 * 3_600;
/** Tenant, trace, end in seconds since 1970, and a SHA-256 HMAC over the three. */
const TOKEN = /^((tnt_[0-9a-f]{32})\.(trc_[0-9a-f]{32})\.(\d{1,12}))\.([A-Za-z0-9_-]{43})$/;

/** What a token gives the right to: feedback on one trace. */
export interface FeedbackRight {
  tenantId: string;
  traceId: string;
}

type Signer = Pick<Platform, "secrets" | "now">;

/** The right to give feedback on one answer, to be handed to whoever got the answer. It opens nothing else. */
export function issueFeedbackToken({ secrets, now }: Signer, { tenantId, traceId }: FeedbackRight): string {
  const endsS = Math.floor(now().getTime() / 1000) + LIMITS.feedbackTokenDays * DAY_S;
  const claim = `${tenantId}.${traceId}.${endsS}`;
  return `${claim}.${secrets.sign(claim, PURPOSE).toString("base64url")}`;
}

/** Undefined for a token that we did not issue, and for one that has expired. */
export function readFeedbackToken({ secrets, now }: Signer, token: string): FeedbackRight | undefined {
  const match = TOKEN.exec(token);
  if (match === null) return undefined;
  const [, claim = "", tenantId = "", traceId = "", endsS = "0", signature = ""] = match;
  const expected = secrets.sign(claim, PURPOSE).toString("base64url");
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return undefined;
  return Number(endsS) * 1000 > now().getTime() ? { tenantId, traceId } : undefined;
}

import { createHash } from "node:crypto";
import { AppError, LIMITS } from "@assay/core";
import { claimIdempotencyKey, storeAnswer } from "@assay/store";
import type { Platform } from "../context.ts";

export interface JsonAnswer {
  status: number;
  body: string;
}

interface KeyedRequest {
  platform: Platform;
  tenantId: string;
  /** The key or the person that asks. */
  callerId: string;
  idempotencyKey: string;
  /** Method, path with query, and body: another request under the same key is refused. */
  fingerprint: string[];
}

/**
 * Carries a request out at most once per key. The claim, the change and the stored answer are one transaction, which
 * the verb's own transaction joins: after a crash there is either all of it or none. A refusal is not stored, so a
 * mended request may use the same key. Answers are sealed: that of making a key holds its secret, of which the database
 * keeps nothing but a hash.
 */
export async function answerOnce(
  request: KeyedRequest,
  answer: () => Promise<JsonAnswer>,
): Promise<JsonAnswer> {
  const { platform, tenantId, callerId, idempotencyKey } = request;
  if (!/^[\x21-\x7e]+$/.test(idempotencyKey) || idempotencyKey.length > LIMITS.idempotencyKeyLengthMax) {
    throw new AppError(
      "invalid_input",
      `An Idempotency-Key is 1 to ${LIMITS.idempotencyKeyLengthMax} visible ASCII characters.`,
    );
  }
  // Keys of different credentials never meet, even when their texts are equal.
  const key = `${callerId}/${idempotencyKey}`;
  const requestSha256 = createHash("sha256").update(JSON.stringify(request.fingerprint)).digest("hex");
  const associated = [tenantId, key];
  const now = platform.now();
  const expiresAt = new Date(now.getTime() + LIMITS.idempotencyKeepMs);
  return await platform.store.forTenant(tenantId).record(async (tx) => {
    const stored = await claimIdempotencyKey(tx, { key, requestSha256, now, expiresAt });
    if (stored === undefined) {
      const made = await answer();
      await storeAnswer(tx, key, {
        status: made.status,
        body: Buffer.from(platform.secrets.seal(made.body, associated)).toString("base64"),
      });
      return made;
    }
    if (stored.requestSha256 !== requestSha256) {
      throw new AppError("idempotency_key_reused", "This Idempotency-Key was used for another request.");
    }
    return {
      status: stored.status,
      body: platform.secrets.open(Buffer.from(stored.body, "base64"), associated),
    };
  });
}

import { createHash } from "node:crypto";
import { AppError, invariant, LIMITS } from "@assay/core";
import {
  claimIdempotencyKey,
  findStoredAnswer,
  type StoredAnswer,
  storeAnswer,
  type TenantStore,
  type TenantTx,
} from "@assay/store";
import type { Platform } from "../context.ts";

export interface JsonAnswer {
  status: number;
  body: string;
}

interface KeyedRequest {
  platform: Platform;
  tenant: TenantStore;
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
  const claim = new Claim(request);
  return await request.tenant.record(async (tx) => {
    const stored = await claim.make(tx);
    if (stored !== undefined) return claim.open(stored);
    const made = await answer();
    await claim.store(tx, made);
    return made;
  });
}

interface WritingVerb {
  /** What a result of the verb is answered as. */
  present: (result: unknown) => JsonAnswer;
  /** Runs the verb on this store of its tenant. */
  run: (tenant: TenantStore) => Promise<unknown>;
}

/**
 * The same for a verb that works before its one write, whose result is its answer: the key is claimed in that write,
 * so that nobody waits for the work. Two such requests at once may both do the work, and one of them writes.
 */
export async function answerOnceInWrite(
  request: KeyedRequest,
  { present, run }: WritingVerb,
): Promise<JsonAnswer> {
  const { tenant } = request;
  const claim = new Claim(request);
  const earlier = await tenant.read((tx) => claim.find(tx));
  if (earlier !== undefined) return claim.open(earlier);
  let writes = 0;
  const claiming: TenantStore = {
    ...tenant,
    write: (work) =>
      tenant.record(async (tx) => {
        invariant(++writes === 1, "a verb that claims its key in its write writes once");
        const stored = await claim.make(tx);
        if (stored !== undefined) throw new AnsweredMeanwhile(stored);
        const result = await tenant.write(work);
        await claim.store(tx, present(result));
        return result;
      }),
  };
  try {
    return present(await run(claiming));
  } catch (error) {
    if (error instanceof AnsweredMeanwhile) return claim.open(error.stored);
    throw error;
  }
}

/** Ends the write of a request whose key another one has claimed. */
class AnsweredMeanwhile extends Error {
  readonly stored: StoredAnswer;

  constructor(stored: StoredAnswer) {
    super("another request with this Idempotency-Key was answered");
    this.stored = stored;
  }
}

class Claim {
  readonly #platform: Platform;
  readonly #key: string;
  readonly #requestSha256: string;
  readonly #associated: string[];

  constructor({ platform, tenant, callerId, idempotencyKey, fingerprint }: KeyedRequest) {
    if (!/^[\x21-\x7e]+$/.test(idempotencyKey) || idempotencyKey.length > LIMITS.idempotencyKeyLengthMax) {
      throw new AppError(
        "invalid_input",
        `An Idempotency-Key is 1 to ${LIMITS.idempotencyKeyLengthMax} visible ASCII characters.`,
      );
    }
    this.#platform = platform;
    // Keys of different credentials never meet, even when their texts are equal.
    this.#key = `${callerId}/${idempotencyKey}`;
    this.#requestSha256 = createHash("sha256").update(JSON.stringify(fingerprint)).digest("hex");
    this.#associated = [tenant.tenantId, this.#key];
  }

  async find(tx: TenantTx): Promise<StoredAnswer | undefined> {
    return await findStoredAnswer(tx, { key: this.#key, now: this.#platform.now() });
  }

  async make(tx: TenantTx): Promise<StoredAnswer | undefined> {
    const now = this.#platform.now();
    const expiresAt = new Date(now.getTime() + LIMITS.idempotencyKeepMs);
    return await claimIdempotencyKey(tx, {
      key: this.#key,
      requestSha256: this.#requestSha256,
      now,
      expiresAt,
    });
  }

  async store(tx: TenantTx, { status, body }: JsonAnswer): Promise<void> {
    const sealed = Buffer.from(this.#platform.secrets.seal(body, this.#associated)).toString("base64");
    await storeAnswer(tx, this.#key, { status, body: sealed });
  }

  /** @throws AppError `idempotency_key_reused` when it answered another request */
  open({ requestSha256, status, body }: StoredAnswer): JsonAnswer {
    if (requestSha256 !== this.#requestSha256) {
      throw new AppError("idempotency_key_reused", "This Idempotency-Key was used for another request.");
    }
    return { status, body: this.#platform.secrets.open(Buffer.from(body, "base64"), this.#associated) };
  }
}

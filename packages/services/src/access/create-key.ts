import {
  AppError,
  type ConfinedKey,
  type KeyLimits,
  LIMITS,
  notFound,
  ROLES,
  scopesBeyond,
} from "@assay/core";
import {
  countKeys,
  findFirstOperatorKey,
  findKey,
  findLabelNames,
  findPrompts,
  insertKey,
  type TenantTx,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { newKeyToken } from "./key-token.ts";
import { keyView } from "./key-view.ts";

type Draft = VerbInput<"createKey">;

/**
 * Makes a key that can do at most what its maker can: no more scopes, no wider confinement, no later expiry,
 * no higher limits. What it is confined to need not be there yet, and is named in the answer where it is not.
 * @throws AppError `scope_missing` naming what goes beyond the maker.
 */
export async function createKey(context: Context, draft: Draft): Promise<ConfinedKey> {
  const scopes = [...(draft.scopes ?? ROLES[draft.role ?? "viewer"])];
  refuseWider(context, draft, scopes);
  const { token, publicId, secretSha256 } = newKeyToken("tenant");
  const { row, unknown } = await context.tenant.write(async (tx) => {
    // Before anything is read that limits may be set by meanwhile.
    const first = await findFirstOperatorKey(tx, true);
    if ((await countKeys(tx)) >= LIMITS.keysPerTenantMax) {
      throw new AppError(
        "conflict",
        `A tenant has at most ${LIMITS.keysPerTenantMax} keys; revoke some first.`,
      );
    }
    const maker = await findMaker(tx, context, first?.limits);
    const inserted = await insertKey(tx, {
      publicId,
      secretSha256,
      name: draft.name,
      scopes,
      prompts: draft.prompts ?? copyOf(context.caller.prompts),
      labels: draft.labels ?? copyOf(context.caller.labels),
      limits: limitsWithin(maker.limits, draft),
      createdByKeyId: context.caller.keyId,
      createdByUserId: maker.userId,
      expiresAt: expiryWithin(maker.expiresAt, draft, context.platform.now()),
    });
    await tx.audit({
      actor: actorOf(context),
      action: "key.create",
      object: inserted.id,
      details: { name: inserted.name, scopes, prompts: inserted.prompts, labels: inserted.labels },
    });
    return { row: inserted, unknown: await findUnknown(tx, inserted) };
  });
  return { key: keyView(row), secret: token, ...unknown };
}

async function findUnknown(
  tx: TenantTx,
  { prompts, labels }: { prompts: string[] | null; labels: string[] | null },
): Promise<{ unknownPrompts: string[]; unknownLabels: string[] }> {
  const found = prompts === null ? null : await findPrompts(tx, { slugs: prompts });
  const known = new Set([...(found?.values() ?? [])].map(({ slug }) => slug));
  const promptIds = found === null ? null : [...found.keys()];
  const names = labels === null ? null : await findLabelNames(tx, { promptIds, names: labels });
  return {
    unknownPrompts: (prompts ?? []).filter((slug) => !known.has(slug)),
    unknownLabels: (labels ?? []).filter((label) => names?.has(label) === false),
  };
}

interface Maker {
  limits: KeyLimits;
  expiresAt: Date | null;
  userId: string | null;
}

/** A key passes on the person that it is of; a person may give out as much as the operator gave the tenant. */
async function findMaker(
  tx: TenantTx,
  { caller: { keyId, userId } }: Context,
  ofTenant: KeyLimits | undefined,
): Promise<Maker> {
  if (keyId !== null) {
    const maker = await findKey(tx, keyId);
    if (maker === undefined) throw notFound("key");
    return { limits: maker.limits, expiresAt: maker.expiresAt, userId: maker.createdByUserId };
  }
  const limits = ofTenant ?? {
    requestsPerMinute: LIMITS.adminRequestsPerMinuteDefault,
    concurrentRequests: LIMITS.adminConcurrentRequestsDefault,
  };
  return { limits, expiresAt: null, userId };
}

function copyOf(confinement: readonly string[] | null): string[] | null {
  return confinement === null ? null : [...confinement];
}

function refuseWider({ caller }: Context, draft: Draft, scopes: ConfinedKey["key"]["scopes"]): void {
  const beyond = scopesBeyond(caller.scopes, scopes);
  if (beyond.length > 0) {
    throw new AppError("scope_missing", `A key cannot pass on what it does not hold: ${beyond.join(", ")}.`);
  }
  const widerPrompts =
    caller.prompts !== null && draft.prompts?.some((slug) => !caller.prompts?.includes(slug));
  const widerLabels =
    caller.labels !== null && draft.labels?.some((label) => !caller.labels?.includes(label));
  if (widerPrompts || widerLabels) {
    throw new AppError("scope_missing", "A confined key cannot make a key confined less than itself.");
  }
}

/** Null is no end, and later than any date. */
function expiryWithin(bound: Date | null, draft: Draft, now: Date): Date | null {
  const asked = draft.expiresAt === undefined ? null : new Date(draft.expiresAt);
  if (asked !== null && asked <= now) {
    throw new AppError("invalid_input", "A key cannot expire in the past.", { param: "expiresAt" });
  }
  if (bound === null) return asked;
  return asked === null || asked > bound ? bound : asked;
}

/** What is asked for, else the default, and never more than the maker may use itself. */
function limitsWithin(bound: KeyLimits, draft: Draft): KeyLimits {
  const { requestsPerMinute, concurrentRequests } = draft.limits ?? {};
  const asked = {
    requestsPerMinute:
      requestsPerMinute ?? Math.min(LIMITS.requestsPerMinuteDefault, bound.requestsPerMinute),
    concurrentRequests:
      concurrentRequests ?? Math.min(LIMITS.concurrentRequestsDefault, bound.concurrentRequests),
  };
  if (
    asked.requestsPerMinute > bound.requestsPerMinute ||
    asked.concurrentRequests > bound.concurrentRequests
  ) {
    throw new AppError(
      "scope_missing",
      `A key cannot pass on more than its own ${bound.requestsPerMinute} requests a minute and ${bound.concurrentRequests} at a time; the operator sets what a tenant starts with.`,
    );
  }
  return asked;
}

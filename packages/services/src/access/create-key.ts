import { AppError, LIMITS, type NewKey, ROLES, scopesBeyond } from "@assay/core";
import { countKeys, findKey, insertKey, type TenantTx } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { newKeyToken } from "./key-token.ts";
import { keyView } from "./key-view.ts";

type Draft = VerbInput<"createKey">;

/**
 * Makes a key that can do at most what its maker can: no more scopes, no wider confinement, no later expiry.
 * @throws AppError `scope_missing` naming what goes beyond the maker.
 */
export async function createKey(context: Context, draft: Draft): Promise<NewKey> {
  const scopes = [...(draft.scopes ?? ROLES[draft.role ?? "viewer"])];
  refuseWider(context, draft, scopes);
  const { token, publicId, secretSha256 } = newKeyToken("tenant");
  const row = await context.tenant.write(async (tx) => {
    if ((await countKeys(tx)) >= LIMITS.keysPerTenantMax) {
      throw new AppError(
        "conflict",
        `A tenant has at most ${LIMITS.keysPerTenantMax} keys; revoke some first.`,
      );
    }
    const inserted = await insertKey(tx, {
      publicId,
      secretSha256,
      name: draft.name,
      scopes,
      prompts: draft.prompts ?? copyOf(context.caller.prompts),
      labels: draft.labels ?? copyOf(context.caller.labels),
      limits: {
        requestsPerMinute: draft.limits?.requestsPerMinute ?? LIMITS.requestsPerMinuteDefault,
        concurrentRequests: draft.limits?.concurrentRequests ?? LIMITS.concurrentRequestsDefault,
      },
      createdByKeyId: context.caller.keyId,
      expiresAt: await expiryWithinMakers(tx, context, draft),
    });
    await tx.audit({
      actor: actorOf(context),
      action: "key.create",
      object: inserted.id,
      details: { scopes },
    });
    return inserted;
  });
  return { key: keyView(row), secret: token };
}

function copyOf(confinement: readonly string[] | null): string[] | null {
  return confinement === null ? null : [...confinement];
}

function refuseWider({ caller }: Context, draft: Draft, scopes: NewKey["key"]["scopes"]): void {
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

async function expiryWithinMakers(tx: TenantTx, context: Context, draft: Draft): Promise<Date | null> {
  const maker = await findKey(tx, context.caller.keyId);
  const asked = draft.expiresAt === undefined ? null : new Date(draft.expiresAt);
  if (asked !== null && asked <= context.platform.now()) {
    throw new AppError("invalid_input", "A key cannot expire in the past.", { param: "expiresAt" });
  }
  const bound = maker?.expiresAt ?? null;
  if (bound === null) return asked;
  return asked === null || asked > bound ? bound : asked;
}

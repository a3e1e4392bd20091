import { LIMITS, type NewKey, ROLES, type TenantDraft } from "@assay/core";
import { findFirstOperatorKey, insertKey } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import { newKeyToken } from "./key-token.ts";
import { keyView } from "./key-view.ts";

/**
 * A key with every scope of the tenant, made by the operator, with what the tenant has unless other limits are given.
 * The first one's are the most that the tenant's other keys can be given. Writes its trace into the tenant's own audit.
 */
export async function makeAdminKey(
  context: OperatorContext,
  tenantId: string,
  draft: { name: string; limits?: TenantDraft["limits"] },
): Promise<NewKey> {
  const { token, publicId, secretSha256 } = newKeyToken("tenant");
  const row = await context.platform.store.forTenant(tenantId, context.requestId).write(async (tx) => {
    const limits = draft.limits ?? (await findFirstOperatorKey(tx, true))?.limits;
    const inserted = await insertKey(tx, {
      publicId,
      secretSha256,
      name: draft.name,
      scopes: [...ROLES.admin],
      prompts: null,
      labels: null,
      limits: {
        requestsPerMinute: limits?.requestsPerMinute ?? LIMITS.adminRequestsPerMinuteDefault,
        concurrentRequests: limits?.concurrentRequests ?? LIMITS.adminConcurrentRequestsDefault,
      },
      createdByKeyId: null,
      createdByUserId: null,
      expiresAt: null,
    });
    const actor = `operator:${context.operatorId}`;
    await tx.audit({
      actor,
      action: "key.create",
      object: inserted.id,
      details: { scopes: [...ROLES.admin] },
    });
    return inserted;
  });
  return { key: keyView(row), secret: token };
}

import { type Attention, DAY_MS, holdsScope, invariant, LIMITS } from "@assay/core";
import { listExpiringKeys, type TenantTx } from "@assay/store";
import type { Context } from "../context.ts";
import { cut, type Looked } from "./looked.ts";

/** Keys that end soon, for those who may make others. */
export async function listExpiringKeyNotes({ platform, caller }: Context, tx: TenantTx): Promise<Looked> {
  const isAdmin = holdsScope(caller.scopes, "admin") && caller.prompts === null && caller.labels === null;
  if (!isAdmin) return { items: [], isPart: false };
  const now = platform.now();
  const until = new Date(now.getTime() + LIMITS.overviewKeyDays * DAY_MS);
  const max = LIMITS.overviewItemsMax;
  const rows = await listExpiringKeys(tx, { now, until, limit: max + 1 });
  const notes = rows.map(({ id, name, expiresAt }): Attention => {
    invariant(expiresAt !== null, "a key that expires has an end");
    return { kind: "expiring_key", keyId: id, name, expiresAt: expiresAt.toISOString() };
  });
  return cut(notes, max);
}

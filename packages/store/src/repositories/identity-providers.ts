import type { InferSelectModel } from "drizzle-orm";
import { sql } from "../drizzle.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type IdentityProviderRow = InferSelectModel<Schema["identityProviders"]>;

const THE_ONE = sql`1 = 1`;

/** A tenant has one at most. */
export async function findIdentityProvider(
  tx: TenantTx,
  { lock }: { lock: boolean },
): Promise<IdentityProviderRow | undefined> {
  return await tx.find(tx.tables.identityProviders, THE_ONE, lock);
}

export async function putIdentityProvider(
  tx: TenantTx,
  row: Omit<IdentityProviderRow, "tenantId">,
): Promise<IdentityProviderRow> {
  const { identityProviders } = tx.tables;
  const [updated] = await tx.update(identityProviders, row, THE_ONE);
  return updated ?? (await tx.insert(identityProviders, row));
}

export async function deleteIdentityProvider(tx: TenantTx): Promise<boolean> {
  return (await tx.delete(tx.tables.identityProviders, THE_ONE)).length > 0;
}

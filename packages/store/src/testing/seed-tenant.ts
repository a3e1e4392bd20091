import type { InferSelectModel } from "drizzle-orm";
import { newId } from "../new-id.ts";
import type { Store } from "../open-store.ts";
import type { Schema } from "../schema/index.ts";

/** Adds a tenant's row, as an operator would. */
export async function seedTenant(store: Store, slug: string): Promise<InferSelectModel<Schema["tenants"]>> {
  const tenant = { id: newId("tenant"), slug, name: slug, createdAt: new Date() };
  await store.writePlatform(async ({ session }) => {
    await session.db.insert(session.tables.tenants).values(tenant);
  });
  return tenant;
}

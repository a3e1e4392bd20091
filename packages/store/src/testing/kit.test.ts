import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { describeEachStore } from "./describe-each-store.ts";
import { openTestLocation } from "./open-test-store.ts";
import { createPostgresDatabase } from "./postgres-database.ts";
import { startPostgres } from "./postgres-server.ts";
import { seedTenant } from "./seed-tenant.ts";

describeEachStore("the testing kit", (open, dialect) => {
  test("gives every call a migrated database of its own", async () => {
    await using one = await open();
    await using other = await open();
    expect(one.dialect).toBe(dialect);
    const tenant = await seedTenant(one.store, "airline");
    const found = await one.store.forTenant(tenant.id).read((tx) => tx.count(tx.tables.prompts));
    expect(found).toBe(0);
    await seedTenant(other.store, "airline");
  });

  test("removes what it opened", async () => {
    const place = await openTestLocation(dialect);
    await place[Symbol.asyncDispose]();
    if (dialect === "sqlite") expect(existsSync(dirname(place.location))).toBe(false);
  });
});

test("a Postgres of one's own starts beside the shared one and leaves nothing behind", async () => {
  const server = await startPostgres();
  const database = await createPostgresDatabase(server.adminUrl, "empty");
  expect(new URL(database.url).port).toBe(new URL(server.adminUrl).port);
  await server.stop();
  await expect(createPostgresDatabase(server.adminUrl, "empty")).rejects.toThrow("ECONNREFUSED");
});

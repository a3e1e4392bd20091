export { checkIntegrity } from "./check-integrity.ts";
export { describeEachStore } from "./describe-each-store.ts";
export { type FilledRows, filledRows, fillTenant } from "./fill-tenant.ts";
export { listTenantRows } from "./list-tenant-rows.ts";
export {
  openTestLocation,
  openTestStore,
  sharedPostgresUrl,
  type TestLocation,
  type TestStore,
} from "./open-test-store.ts";
export { createPostgresDatabase, type PostgresDatabase } from "./postgres-database.ts";
export { type PostgresServer, startPostgres } from "./postgres-server.ts";
export { seedTenant } from "./seed-tenant.ts";

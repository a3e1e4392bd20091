export { isUniqueViolation } from "./database-error.ts";
export { type IdKind, newId } from "./new-id.ts";
export { openStore, type Store, type TenantStore } from "./open-store.ts";
export type { PlatformTx } from "./platform-tx.ts";
export type { AuditDraft, TenantTx } from "./tenant-tx.ts";

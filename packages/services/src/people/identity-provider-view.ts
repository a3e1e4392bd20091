import type { IdentityProvider } from "@assay/core";
import type { IdentityProviderRow } from "@assay/store";
import type { Platform } from "../context.ts";
import { redirectUriOf } from "./start-sso.ts";

/** A provider as it may be read back: without its secret. */
export function identityProviderView(platform: Platform, row: IdentityProviderRow): IdentityProvider {
  return {
    issuer: row.issuer,
    clientId: row.clientId,
    hasSecret: row.clientSecret !== null,
    domains: row.domains,
    enforced: row.enforced,
    defaultRole: row.defaultRole === "admin" ? null : row.defaultRole,
    redirectUri: platform.publicUrl() === null ? null : redirectUriOf(platform),
    updatedAt: row.updatedAt.toISOString(),
  };
}

import type { IdentityProviderRow } from "@assay/store";
import type { Platform } from "../context.ts";

const sealedFor = (tenantId: string) => [tenantId, "identity-provider"];

export function sealClientSecret({ secrets }: Platform, tenantId: string, clientSecret: string): Uint8Array {
  return secrets.seal(clientSecret, sealedFor(tenantId));
}

export function openClientSecret(
  { secrets }: Platform,
  { tenantId, clientSecret }: IdentityProviderRow,
): string | null {
  return clientSecret === null ? null : secrets.open(clientSecret, sealedFor(tenantId));
}

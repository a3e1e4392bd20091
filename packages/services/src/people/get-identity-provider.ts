import { type IdentityProvider, notFound } from "@assay/core";
import { findIdentityProvider } from "@assay/store";
import type { Context } from "../context.ts";
import { identityProviderView } from "./identity-provider-view.ts";

export async function getIdentityProvider({ platform, tenant }: Context): Promise<IdentityProvider> {
  const row = await tenant.read((tx) => findIdentityProvider(tx, { lock: false }));
  if (row === undefined) throw notFound("identity provider");
  return identityProviderView(platform, row);
}

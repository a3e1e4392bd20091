import { AppError, type IdentityProvider, type IdentityProviderDraft } from "@assay/core";
import {
  deleteSessionsVia,
  findIdentityProvider,
  type IdentityProviderRow,
  putIdentityProvider,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { sealClientSecret } from "./client-secret.ts";
import { identityProviderView } from "./identity-provider-view.ts";

/**
 * Sets the tenant's provider. Another issuer or client clears the secret, unless the request brings a new one, and ends
 * the sessions that the one before opened.
 * @throws AppError `host_not_allowed`, `invalid_input`
 */
export async function setIdentityProvider(
  context: Context,
  draft: IdentityProviderDraft,
): Promise<IdentityProvider> {
  const { platform, tenant } = context;
  checkIssuer(context, draft.issuer);
  const { row, isAnother } = await tenant.write(async (tx) => {
    const before = await findIdentityProvider(tx, { lock: true });
    const { issuer, clientId, domains, enforced, defaultRole } = draft;
    const clientSecret = secretOf(context, draft, before);
    const updatedAt = platform.now();
    const isSame = before !== undefined && before.issuer === issuer && before.clientId === clientId;
    const after = { issuer, clientId, clientSecret, domains, enforced, defaultRole, updatedAt };
    const put = await putIdentityProvider(tx, after);
    await tx.audit({
      actor: actorOf(context),
      action: "identity_provider.set",
      object: issuer,
      details: { clientId, domains, enforced, defaultRole, hasSecret: clientSecret !== null },
    });
    return { row: put, isAnother: !isSame };
  });
  if (isAnother) await platform.store.writePlatform((tx) => deleteSessionsVia(tx, tenant.tenantId));
  platform.people.sessions.forgetTenant(tenant.tenantId);
  return identityProviderView(platform, row);
}

function checkIssuer({ platform }: Context, issuer: string): void {
  const url = new URL(issuer);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new AppError("invalid_input", "An issuer has no user, password, query or fragment.", {
      param: "issuer",
    });
  }
  if (platform.isHostAllowed(issuer)) return;
  const message = `An identity provider at ${url.origin} is not allowed. The operator allows hosts with ASSAY_ALLOWED_HOSTS.`;
  throw new AppError("host_not_allowed", message, { host: url.host });
}

function secretOf(
  { platform, tenant }: Context,
  { clientSecret, issuer, clientId }: IdentityProviderDraft,
  before: IdentityProviderRow | undefined,
): Uint8Array | null {
  if (clientSecret !== undefined)
    return clientSecret === null ? null : sealClientSecret(platform, tenant.tenantId, clientSecret);
  if (before === undefined || before.issuer !== issuer || before.clientId !== clientId) return null;
  return before.clientSecret;
}

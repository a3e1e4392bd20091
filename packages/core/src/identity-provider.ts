import { z } from "zod";
import { LIMITS } from "./limits.ts";
import { Slug, Timestamp } from "./names.ts";
import { Role } from "./scope-schemas.ts";

const MailDomain = z
  .string()
  .toLowerCase()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, "is not a domain");

/** What may be given to people whom nobody invited: admins are made by admins. */
const ArrivalRole = Role.exclude(["admin"]);

/** An OpenID provider as its discovery document names it: no query, no fragment, no slash at the end of a bare host. */
const Issuer = z.url({ protocol: /^https?$/ }).max(500);

/** A tenant's own OpenID Connect provider. Its secret is written and never read back. */
export const IdentityProvider = z.object({
  issuer: z.string(),
  clientId: z.string(),
  hasSecret: z.boolean(),
  domains: z.array(z.string()),
  /** Members enter the tenant by the provider alone; keys go on. */
  enforced: z.boolean(),
  /** What people with a verified e-mail of the domains become who were not invited; null lets in the invited alone. */
  defaultRole: ArrivalRole.nullable(),
  /** To be registered with the provider; null where the server does not know its own address. */
  redirectUri: z.string().nullable(),
  updatedAt: Timestamp,
});
export type IdentityProvider = z.infer<typeof IdentityProvider>;

export const IdentityProviderDraft = z.strictObject({
  issuer: Issuer,
  clientId: z.string().min(1).max(500),
  /** Left out, the stored one stays while the issuer does; null is a public client, by PKCE alone. */
  clientSecret: z.string().min(1).max(2_000).nullable().optional(),
  domains: z.array(MailDomain).max(LIMITS.ssoDomainsMax).default([]),
  enforced: z.boolean().default(false),
  defaultRole: ArrivalRole.nullable().default(null),
});
export type IdentityProviderDraft = z.infer<typeof IdentityProviderDraft>;

/** Where to go in the UI afterwards: a path here, which no browser reads as another host. */
const ReturnPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, "is not a path of this server");

export const SsoStart = z.strictObject({ tenant: Slug, returnTo: ReturnPath.default("/") });

/** Providers add members of their own, so what is not known here is let be. */
export const SsoAnswer = z.object({
  state: z.string().max(200).optional(),
  code: z.string().max(4_000).optional(),
  error: z.string().max(200).optional(),
});

import type { CallInput } from "@assay/client";
import { namesIn, textIn } from "../components/form-values.ts";

/** Admins are made by admins, and never by an identity provider. */
export const ARRIVAL_ROLES = ["viewer", "editor", "promoter"] as const;
export const INVITED_ONLY = "invited-only";

/** What the form says; a secret that was left empty is not mentioned, so that the stored one stays unless it is to go. */
export function providerDraftIn(form: FormData): CallInput<"setIdentityProvider"> {
  const clientSecret = textIn(form, "clientSecret");
  const role = textIn(form, "defaultRole");
  return {
    issuer: textIn(form, "issuer") ?? "",
    clientId: textIn(form, "clientId") ?? "",
    ...(form.get("forgetSecret") === "on"
      ? { clientSecret: null }
      : clientSecret !== undefined && { clientSecret }),
    domains: (namesIn(form, "domains") ?? []).map((domain) => domain.replace(/^@/, "")),
    enforced: form.get("enforced") === "on",
    defaultRole: ARRIVAL_ROLES.find((each) => each === role) ?? null,
  };
}

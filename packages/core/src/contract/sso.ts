import { IdentityProvider, IdentityProviderDraft, SsoAnswer, SsoStart } from "../identity-provider.ts";
import { LIMITS } from "../limits.ts";
import { defineRoutes } from "./route.ts";

const stranger = { plane: "control", audience: "public", scope: null, touches: "platform" } as const;
const admin = { plane: "control", audience: "tenant", touches: "tenant", scope: "admin" } as const;

export const ssoRoutes = defineRoutes({
  startSso: {
    ...stranger,
    method: "GET",
    path: "/api/login/sso",
    summary: "Log in by a tenant's identity provider: sends the browser there",
    query: SsoStart,
    output: { kind: "raw", status: 302, contentType: "text/plain" },
  },
  finishSso: {
    ...stranger,
    method: "GET",
    path: "/api/login/sso/callback",
    summary: "Where an identity provider sends the browser back to",
    query: SsoAnswer,
    output: { kind: "raw", status: 302, contentType: "text/plain" },
  },
  getIdentityProvider: {
    ...admin,
    method: "GET",
    path: "/api/sso",
    summary: "The tenant's identity provider",
    output: { kind: "json", status: 200, schema: IdentityProvider },
  },
  setIdentityProvider: {
    ...admin,
    method: "PUT",
    path: "/api/sso",
    summary:
      "Set the tenant's identity provider; another issuer or client ends the sessions of the one before",
    body: { kind: "json", schema: IdentityProviderDraft, bytesMax: LIMITS.personBodyBytesMax },
    output: { kind: "json", status: 200, schema: IdentityProvider },
  },
  removeIdentityProvider: {
    ...admin,
    method: "DELETE",
    path: "/api/sso",
    summary: "Remove the tenant's identity provider and end the sessions it opened",
    output: { kind: "empty", status: 204 },
  },
});

import type { IdentityProvider } from "@assay/core";
import { expect } from "vitest";
import { openTestApp, type TestApp, type TestTenant } from "./open-test-app.ts";
import { type IdentityProviderServer, startIdentityProvider } from "./start-identity-provider.ts";

/** What the browser brings back from a provider. */
export interface BegunLogin {
  callback: string;
  cookie: string;
}

/** An application with two tenants, the airline with an identity provider of its own. */
export interface SsoApp extends AsyncDisposable {
  provider: IdentityProviderServer;
  app: TestApp;
  airline: TestTenant;
  bank: TestTenant;
  setProvider(more: {
    enforced?: boolean;
    domains?: string[];
    defaultRole?: "editor" | null;
  }): Promise<IdentityProvider>;
  get(url: string, cookie?: string): Promise<Response>;
  /** The browser's way there and back, up to the answer of the callback. */
  begin(tenant?: string): Promise<BegunLogin>;
  finish(begun: BegunLogin): Promise<Response>;
}

export async function openSsoApp(dialect: "sqlite" | "postgres"): Promise<SsoApp> {
  const provider = await startIdentityProvider();
  const app = await openTestApp({ dialect, environment: { ASSAY_ALLOWED_HOSTS: provider.issuer } });
  const airline = await app.createTenant("airline");
  const bank = await app.createTenant("bank");
  const { issuer, clientId, clientSecret } = provider;
  const setProvider: SsoApp["setProvider"] = (more) =>
    airline.client.setIdentityProvider({ issuer, clientId, clientSecret, ...more });
  await setProvider({});
  const get: SsoApp["get"] = (url, cookie = "") =>
    app.fetch(url, { headers: { cookie }, redirect: "manual" });
  return {
    provider,
    app,
    airline,
    bank,
    setProvider,
    get,
    begin: async (tenant = "airline") => {
      const started = await get(`/api/login/sso?tenant=${tenant}&returnTo=/prompts`);
      const location = started.headers.get("location") ?? "";
      const cookie = started.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
      if (!location.startsWith(issuer)) return { callback: location, cookie };
      const there = await fetch(location, { redirect: "manual" });
      return { callback: there.headers.get("location") ?? "", cookie };
    },
    finish: ({ callback, cookie }) => get(callback, cookie),
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}

/** Sent back to the log-in with the reason, and without a session. */
export async function expectRefused(response: Promise<Response>, code = "sso_failed"): Promise<void> {
  const { status, headers } = await response;
  expect([status, headers.get("location")]).toEqual([302, `/login?error=${code}`]);
  expect(headers.getSetCookie()).toEqual([]);
}

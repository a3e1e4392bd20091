import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError, ROLES } from "@assay/core";
import { newId, openFileStore } from "@assay/store";
import { openTestStore, seedTenant, type TestStore } from "@assay/store/testing";
import { openKeyAuthenticator } from "../access/key-authenticator.ts";
import { makeAdminKey } from "../access/tenant-admin-key.ts";
import type { Caller, Context, OperatorContext, Platform } from "../context.ts";
import type { Oidc } from "../people/oidc.ts";
import { openPeople } from "../people/people.ts";
import { openSecretBox } from "../registry/secret-box.ts";
import { createScriptedEngine, type ScriptedEngine } from "./scripted-engine.ts";
import { createToyLogins } from "./toy-logins.ts";
import { createToyModelFileChecks, type ToyModelFileChecks } from "./toy-model-files.ts";

/** A whole platform for one test: a real store and file store, and stand-ins for the two ports behind them. */
export interface TestPlatform extends AsyncDisposable {
  platform: Platform & { engine: ScriptedEngine; modelFiles: ToyModelFileChecks };
  operator: OperatorContext;
  /** Makes a tenant and answers a context of its admin. */
  tenant(slug: string): Promise<Context>;
  twoTenants(): Promise<{ airline: Context; bank: Context }>;
}

/** The only host that a test platform's connections may point at. */
export const ALLOWED_HOST = "provider.test";

/** Nobody logs in by an identity provider here; the whole application's tests have a real one. */
const NO_PROVIDERS: Oidc = {
  authorizationUrl: async () =>
    Promise.reject(new AppError("sso_failed", "There are no identity providers.")),
  claimsOf: async () => Promise.reject(new AppError("sso_failed", "There are no identity providers.")),
};

export async function openTestPlatform(dialect: TestStore["dialect"] = "sqlite"): Promise<TestPlatform> {
  const testStore = await openTestStore(dialect);
  const filesRoot = await mkdtemp(join(tmpdir(), "assay-files-"));
  const platform: TestPlatform["platform"] = {
    store: testStore.store,
    files: openFileStore(filesRoot),
    engine: createScriptedEngine(),
    engineBuildOf: (kind) => `scripted-${kind}`,
    modelFiles: createToyModelFileChecks(),
    webhooks: { send: async () => ({ status: "failed", reason: "nobody listens" }) },
    scripts: null,
    secrets: openSecretBox(randomBytes(32)),
    keys: openKeyAuthenticator(testStore.store, () => new Date()),
    people: openPeople({
      store: testStore.store,
      oidc: NO_PROVIDERS,
      logins: createToyLogins(testStore.store),
      now: () => new Date(),
    }),
    publicUrl: () => null,
    sharedConnection: null,
    isHostAllowed: (url) => new URL(url).hostname === ALLOWED_HOST,
    now: () => new Date(),
  };
  const tenant = (slug: string) => createTenantContext(platform, slug);

  return {
    platform,
    operator: { platform, operatorId: newId("key"), requestId: "test" },
    tenant,
    twoTenants: async () => ({ airline: await tenant("airline"), bank: await tenant("bank") }),
    [Symbol.asyncDispose]: async () => {
      await testStore[Symbol.asyncDispose]();
      await rm(filesRoot, { recursive: true, force: true });
    },
  };
}

async function createTenantContext(platform: Platform, slug: string): Promise<Context> {
  const row = await seedTenant(platform.store, slug);
  const { key } = await makeAdminKey({ platform, operatorId: "test", requestId: "test" }, row.id, {
    name: "test",
  });
  return {
    platform,
    tenant: platform.store.forTenant(row.id),
    tenantInfo: { id: row.id, slug, name: row.name, createdAt: row.createdAt.toISOString() },
    caller: { keyId: key.id, userId: null, scopes: ROLES.admin, prompts: null, labels: null },
    requestId: "test",
  };
}

/** The same tenant, called by another key. */
export function callerWith(context: Context, caller: Partial<Caller>): Context {
  return { ...context, caller: { ...context.caller, ...caller } };
}

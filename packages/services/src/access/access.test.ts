import { AppError, LIMITS } from "@assay/core";
import { expect, test } from "vitest";
import { listLabelNames } from "../promotion/list-label-names.ts";
import { moveLabel } from "../promotion/move-label.ts";
import { addSharedToyModel, callerWith, createToyPrompt, describeEachPlatform } from "../testing/index.ts";
import {
  createKey,
  createTenant,
  createTenantKey,
  ensureOperatorKey,
  listAudit,
  listKeys,
  listTenants,
  openKeyAuthenticator,
  removeTenant,
  revokeKey,
} from "./index.ts";

const page = { limit: 50 };

describeEachPlatform("access", (open) => {
  test("a new tenant comes with an admin key that authenticates as that tenant", async () => {
    await using made = await open();
    const { tenant, adminKey } = await createTenant(made.operator, { slug: "rail", name: "Rail" });
    const principal = await made.platform.keys.authenticate(adminKey.secret);
    expect(principal).toMatchObject({
      audience: "tenant",
      tenant: { id: tenant.id },
      scopes: expect.arrayContaining(["admin"]),
    });
    expect((await listTenants(made.operator, page)).items.map(({ slug }) => slug)).toContain("rail");
  });

  test("only a hash of the secret is kept", async () => {
    await using made = await open();
    const { adminKey } = await createTenant(made.operator, { slug: "rail", name: "Rail" });
    // The random part is base64url: it may hold underscores of its own.
    const secret = adminKey.secret.slice(-43);
    expect(secret).toMatch(/^[\w-]{43}$/);
    const context = await made.tenant("other");
    const kept = JSON.stringify([
      adminKey.key,
      await listKeys(context, page),
      await listAudit(context, page),
    ]);
    expect(kept).not.toContain(secret);
  });

  test("a tenant's slug can be used once", async () => {
    await using made = await open();
    await createTenant(made.operator, { slug: "rail", name: "Rail" });
    await expect(createTenant(made.operator, { slug: "rail", name: "Again" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("the audit log finds what is about a prompt or of a time, and calls keys by their names", async () => {
    await using made = await open();
    const { airline, bank } = await made.twoTenants();
    await addSharedToyModel(made.operator, "base");
    for (const slug of ["greet", "gre_t"]) {
      await createToyPrompt(airline, slug, { model: "base", texts: ["Hello."] });
      await moveLabel(airline, { prompt: slug, label: "live", version: 1, dryRun: false });
    }
    const { key } = await createKey(airline, { name: "of the app", role: "viewer" });
    const found = async (query: object, who = airline) =>
      (await listAudit(who, { ...page, ...query })).items.map(({ action, object }) => `${action} ${object}`);
    const about = (slug: string) => [
      `label.move ${slug}@live`,
      `prompt_version.add ${slug}@1`,
      `prompt.create ${slug}`,
    ];
    expect(await found({ prompt: "greet" })).toEqual(about("greet"));
    expect(await found({ prompt: "gre_t" })).toEqual(about("gre_t"));
    expect(await found({ prompt: "greet" }, bank)).toEqual([]);
    expect(await found({ prompt: "greet", until: "2001-01-01T00:00:00.000Z" })).toEqual([]);
    expect(await found({ prompt: "greet", since: "2001-01-01T00:00:00.000Z" })).toHaveLength(3);
    const [created] = (await listAudit(airline, { ...page, action: "key.create" })).items;
    expect(created).toMatchObject({ object: key.id, objectName: "of the app", actorName: "test" });
    const [moved] = (await listAudit(airline, { ...page, action: "label.move" })).items;
    expect(moved).toMatchObject({ objectName: null, details: { from: null, version: 1 } });
  });

  test("a key may be for what comes later, and its maker is told what is not there", async () => {
    await using made = await open();
    const { airline, bank } = await made.twoTenants();
    await addSharedToyModel(made.operator, "base");
    await createToyPrompt(airline, "greet", { model: "base", texts: ["Hello."] });
    const theirs = await createKey(bank, { name: "a", role: "viewer", prompts: ["greet", "later"] });
    expect(theirs).toMatchObject({ unknownPrompts: ["greet", "later"], unknownLabels: [] });
    const draft = { name: "b", role: "viewer" as const, prompts: ["greet"], labels: ["live"] };
    expect(await createKey(airline, draft)).toMatchObject({ unknownPrompts: [], unknownLabels: ["live"] });
    await moveLabel(airline, { prompt: "greet", label: "live", version: 1, dryRun: false });
    expect(await createKey(airline, draft)).toMatchObject({ unknownPrompts: [], unknownLabels: [] });
    expect(await listLabelNames(airline)).toEqual({ items: [{ name: "live", prompts: 1 }] });
    expect(await listLabelNames(bank)).toEqual({ items: [] });
    const confined = callerWith(airline, { prompts: ["other"] });
    expect(await listLabelNames(confined)).toEqual({ items: [] });
  });

  test("a key passes on no scope, no prompt, no label and no time that it does not have", async () => {
    await using made = await open();
    const { airline } = await made.twoTenants();
    const editor = callerWith(airline, {
      scopes: ["read", "edit"],
      prompts: ["triage"],
      labels: ["staging"],
    });
    const beyond = [
      { name: "x", scopes: ["promote" as const] },
      { name: "x", role: "admin" as const },
      { name: "x", scopes: ["read" as const], prompts: ["other"] },
      { name: "x", scopes: ["read" as const], labels: ["production"] },
    ];
    for (const draft of beyond) {
      await expect(createKey(editor, draft)).rejects.toMatchObject({ code: "scope_missing" });
    }
    const { key } = await createKey(editor, { name: "x", scopes: ["read"] });
    expect(key).toMatchObject({ prompts: ["triage"], labels: ["staging"] });

    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const short = await createKey(airline, { name: "short", role: "admin", expiresAt });
    const shortLived = callerWith(airline, { keyId: short.key.id });
    const child = await createKey(shortLived, { name: "child", role: "viewer" });
    expect(child.key.expiresAt).toBe(expiresAt);
  });

  test("a key passes on no higher limits than its own, and less when it has less", async () => {
    await using made = await open();
    const { airline } = await made.twoTenants();
    const limits = { requestsPerMinute: 10, concurrentRequests: 2 };
    const { key } = await createKey(airline, { name: "slow", role: "admin", limits });
    const slow = callerWith(airline, { keyId: key.id });
    expect((await createKey(slow, { name: "child", role: "viewer" })).key.limits).toEqual(limits);
    for (const more of [{ requestsPerMinute: 11 }, { concurrentRequests: 3 }]) {
      await expect(createKey(slow, { name: "x", role: "viewer", limits: more })).rejects.toMatchObject({
        code: "scope_missing",
      });
    }
    const bound = { requestsPerMinute: 20_000 };
    const { adminKey } = await createTenant(made.operator, { slug: "rail", name: "Rail", limits: bound });
    expect(adminKey.key.limits.requestsPerMinute).toBe(20_000);
  });

  test("a known key costs no database read, a revoked one stops at once", async () => {
    await using made = await open();
    const { airline } = await made.twoTenants();
    const { key, secret } = await createKey(airline, { name: "app", scopes: ["use"] });
    expect(await made.platform.keys.authenticate(secret)).toBeDefined();

    let reads = 0;
    const counting = {
      ...made.platform.store,
      readPlatform: (work: Parameters<typeof made.platform.store.readPlatform>[0]) => {
        reads += 1;
        return made.platform.store.readPlatform(work);
      },
    } as typeof made.platform.store;
    const now = new Date();
    const authenticator = openKeyAuthenticator(counting, () => now);
    for (let i = 0; i < 10; i += 1) expect(await authenticator.authenticate(secret)).toBeDefined();
    expect(reads).toBe(1);

    await revokeKey(airline, { keyId: key.id });
    expect(await made.platform.keys.authenticate(secret)).toBeUndefined();
    expect(LIMITS.keyCacheMs).toBeLessThan(5_000);
    await expect(revokeKey(airline, { keyId: key.id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("a key cannot be revoked by another tenant", async () => {
    await using made = await open();
    const { airline, bank } = await made.twoTenants();
    const { key, secret } = await createKey(airline, { name: "app", scopes: ["use"] });
    await expect(revokeKey(bank, { keyId: key.id })).rejects.toMatchObject({ code: "not_found" });
    expect(await made.platform.keys.authenticate(secret)).toBeDefined();
  });

  test("an expired key is refused although it is cached", async () => {
    await using made = await open();
    const { airline } = await made.twoTenants();
    let now = new Date();
    const authenticator = openKeyAuthenticator(made.platform.store, () => now);
    const expiresAt = new Date(now.getTime() + 60_000).toISOString();
    const { secret } = await createKey(airline, { name: "app", scopes: ["use"], expiresAt });
    expect(await authenticator.authenticate(secret)).toBeDefined();
    now = new Date(now.getTime() + 60_001);
    expect(await authenticator.authenticate(secret)).toBeUndefined();
  });

  test("nothing but a whole live key authenticates", async () => {
    await using made = await open();
    const operator = await ensureOperatorKey(made.platform.store);
    expect(operator).toMatch(/^aop_/);
    expect(await ensureOperatorKey(made.platform.store)).toBeUndefined();
    const { adminKey } = await createTenant(made.operator, { slug: "rail", name: "Rail" });
    const good = adminKey.secret;
    const [prefix, publicId, ...secret] = good.split("_");
    const wrong = [
      "",
      "ask",
      good.slice(0, -1),
      `${good}x`,
      `aop_${publicId}_${secret.join("_")}`,
      `${prefix}_${"0".repeat(16)}_${secret.join("_")}`,
      `${prefix}_${publicId}_${"A".repeat(43)}`,
      good.toUpperCase(),
      `${good}\u0000`,
      "' or '1'='1",
    ];
    for (const token of wrong) expect(await made.platform.keys.authenticate(token), token).toBeUndefined();
  });

  test("a removed tenant's keys, rows and files are gone", async () => {
    await using made = await open();
    const { tenant, adminKey } = await createTenant(made.operator, { slug: "rail", name: "Rail" });
    await made.platform.keys.authenticate(adminKey.secret);
    await removeTenant(made.operator, { tenantId: tenant.id });
    expect(await made.platform.keys.authenticate(adminKey.secret)).toBeUndefined();
    await expect(removeTenant(made.operator, { tenantId: tenant.id })).rejects.toBeInstanceOf(AppError);
    await expect(createTenantKey(made.operator, { tenantId: tenant.id })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("the audit log can be asked for one actor and for actions that begin alike", async () => {
    await using made = await open();
    const { airline } = await made.twoTenants();
    const { key } = await createKey(airline, { name: "app", scopes: ["use"] });
    await revokeKey(airline, { keyId: key.id });
    const actionsOf = async (query: { actor?: string; action?: string }) =>
      (await listAudit(airline, { ...page, ...query })).items.map(({ action }) => action);
    const actor = `key:${airline.caller.keyId}`;
    expect(await actionsOf({ actor })).toEqual(["key.revoke", "key.create"]);
    expect(await actionsOf({ actor, action: "key.rev" })).toEqual(["key.revoke"]);
    expect(await actionsOf({ action: "%" })).toEqual([]);
    expect(await actionsOf({ actor: "key:nobody" })).toEqual([]);
  });

  test("every change of access leaves an audit entry that names its actor", async () => {
    await using made = await open();
    const { airline } = await made.twoTenants();
    const { key } = await createKey(airline, { name: "app", scopes: ["use"] });
    await revokeKey(airline, { keyId: key.id });
    const { items } = await listAudit(airline, page);
    const own = items.filter(({ actor }) => actor === `key:${airline.caller.keyId}`);
    expect(own.map(({ action }) => action)).toEqual(["key.revoke", "key.create"]);
  });
});

import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import {
  createKey,
  createTenant,
  createTenantKey,
  listAudit,
  listKeys,
  revokeKey,
  setTenantLimits,
} from "./index.ts";

const LIMITS_SET = { requestsPerMinute: 50, concurrentRequests: 5 };
const NO_TENANT = "ten_00000000000000000000000000";

async function limitsByName(context: Context) {
  const { items } = await listKeys(context, { limit: 50 });
  return Object.fromEntries(
    items.map(({ name, limits }) => [name, [limits.requestsPerMinute, limits.concurrentRequests]]),
  );
}

describeEachPlatform("a tenant's limits", (open) => {
  test("are what its keys are brought down to at once, and what its next ones are held against", async () => {
    await using made = await open();
    const airline = await made.tenant("airline");
    const bank = await made.tenant("bank");
    const wide = { limits: { requestsPerMinute: 80, concurrentRequests: 2 } };
    const app = await createKey(airline, { name: "app", role: "viewer", ...wide });
    const before = await limitsByName(bank);
    expect(await made.platform.keys.authenticate(app.secret)).toMatchObject(wide);
    const tenantId = airline.tenant.tenantId;
    expect(await setTenantLimits(made.operator, { tenantId, ...LIMITS_SET })).toEqual({
      limits: LIMITS_SET,
      changedKeys: 2,
    });
    expect(Object.values(await limitsByName(airline))).toEqual([
      [50, 2],
      [50, 5],
    ]);
    expect(await limitsByName(bank)).toEqual(before);
    expect(await made.platform.keys.authenticate(app.secret)).toMatchObject({
      limits: { requestsPerMinute: 50, concurrentRequests: 2 },
    });
    await expect(createKey(airline, { name: "more", role: "viewer", ...wide })).rejects.toMatchObject({
      code: "scope_missing",
    });
    const person = callerWith(airline, { keyId: null, userId: "usr_somebody" });
    const { key } = await createKey(person, { name: "a person's", role: "viewer" });
    expect(key.limits).toEqual(LIMITS_SET);
  });

  test("hold for keys that are made at the same moment", async () => {
    await using made = await open();
    const airline = await made.tenant("airline");
    const { tenantId } = airline.tenant;
    const wide = { requestsPerMinute: 80, concurrentRequests: 8 };
    for (let round = 0; round < 6; round++) {
      await setTenantLimits(made.operator, { tenantId, ...wide });
      await Promise.allSettled([
        createKey(airline, { name: `a${round}`, role: "viewer", limits: wide }),
        createTenantKey(made.operator, { tenantId }),
        setTenantLimits(made.operator, { tenantId, ...LIMITS_SET }),
        createKey(airline, { name: `b${round}`, role: "viewer", limits: wide }),
      ]);
      const { items } = await listKeys(airline, { limit: 50 });
      expect(items.filter(({ limits }) => limits.concurrentRequests > LIMITS_SET.concurrentRequests)).toEqual(
        [],
      );
    }
  });

  test("are raised for the operator's keys alone, and hold for those that the operator makes later", async () => {
    await using made = await open();
    const { tenant, adminKey } = await createTenant(made.operator, {
      slug: "rail",
      name: "Rail",
      limits: { requestsPerMinute: 10, concurrentRequests: 1 },
    });
    const rail = await made.tenant("watcher").then((watcher) => ({
      ...watcher,
      tenant: made.platform.store.forTenant(tenant.id),
      caller: { ...watcher.caller, keyId: adminKey.key.id },
    }));
    await createKey(rail, { name: "app", role: "viewer" });
    const person = callerWith(rail, { keyId: null, userId: "usr_somebody" });
    await createKey(person, { name: "a person's", role: "viewer" });
    await revokeKey(rail, { keyId: adminKey.key.id });
    await setTenantLimits(made.operator, { tenantId: tenant.id, ...LIMITS_SET });
    expect(await limitsByName(rail)).toEqual({
      app: [10, 1],
      "a person's": [10, 1],
      "first admin key": [50, 5],
    });
    const { key } = await createTenantKey(made.operator, { tenantId: tenant.id });
    expect(key.limits).toEqual(LIMITS_SET);
    const { items } = await listAudit(rail, { limit: 5, action: "tenant." });
    expect(items).toMatchObject([
      {
        actor: `operator:${made.operator.operatorId}`,
        action: "tenant.limits",
        details: { ...LIMITS_SET, changedKeys: 1 },
      },
    ]);
  });

  test("are of a tenant that is there", async () => {
    await using made = await open();
    await expect(
      setTenantLimits(made.operator, { tenantId: NO_TENANT, ...LIMITS_SET }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Store, TenantStore } from "./open-store.ts";
import type { Schema } from "./schema/index.ts";
import type { TenantTable } from "./tenant-row.ts";
import type { TenantTx } from "./tenant-tx.ts";
import { describeEachStore } from "./testing/describe-each-store.ts";
import { type FilledRows, fillTenant } from "./testing/fill-tenant.ts";

async function openTwo(store: Store) {
  const a = await fillTenant(store, "airline");
  const b = await fillTenant(store, "bank");
  return { a: { ...a, tenant: store.forTenant(a.id) }, b: { ...b, tenant: store.forTenant(b.id) } };
}

function tablesOf(rows: FilledRows, tx: TenantTx): { name: string; table: TenantTable }[] {
  return Object.keys(rows).map((name) => ({ name, table: tx.tables[name as keyof Schema] as TenantTable }));
}

/** Rows of a tenant in every table. */
async function countAll(tenant: TenantStore, rows: FilledRows): Promise<Record<string, number>> {
  return await tenant.read(async (tx) => {
    const counts: Record<string, number> = {};
    for (const { name, table } of tablesOf(rows, tx)) counts[name] = await tx.count(table);
    return counts;
  });
}

const EVERYTHING: SQL = sql`1 = 1 or 1 = 1`;

describeEachStore("the walls between tenants", (open) => {
  test("a tenant sees its own row of every table and no other, even when the condition says `or true`", async () => {
    await using test = await open();
    const { a } = await openTwo(test.store);
    await a.tenant.read(async (tx) => {
      for (const { name, table } of tablesOf(a.rows, tx)) {
        const rows = await tx.select(table, { where: EVERYTHING });
        expect([name, rows.map((row) => row.tenantId)]).toEqual([name, [a.id]]);
        expect(await tx.count(table, EVERYTHING)).toBe(1);
        const [sum] = await tx.aggregate(table, {
          columns: { rows: sql`count(*)`.mapWith(Number) },
          where: EVERYTHING,
        });
        expect(sum).toEqual({ rows: 1 });
      }
    });
  });

  test("a row reads back as it was written, and is not there for another tenant", async () => {
    await using test = await open();
    const { a, b } = await openTwo(test.store);
    const find = (tenant: TenantStore) =>
      tenant.read((tx) =>
        tx.find(tx.tables.promptVersions, eq(tx.tables.promptVersions.id, a.rows.promptVersions.id)),
      );
    expect(await find(a.tenant)).toMatchObject({ ...a.rows.promptVersions, tenantId: a.id });
    expect(await find(b.tenant)).toBeUndefined();
    const connection = await a.tenant.read((tx) => tx.find(tx.tables.connections, EVERYTHING));
    expect([...(connection?.sealedSecret ?? [])]).toEqual([1, 2]);
  });

  test("a join reaches no other tenant's rows on either side, even on `or true`", async () => {
    await using test = await open();
    const { a } = await openTwo(test.store);
    const rows = await a.tenant.read((tx) =>
      tx.join({ left: tx.tables.prompts, right: tx.tables.models, on: EVERYTHING }, { where: EVERYTHING }),
    );
    expect(rows.map(({ left, right }) => [left.tenantId, right.tenantId])).toEqual([[a.id, a.id]]);
  });

  test("an update reaches no other tenant's rows and cannot move or rename a row", async () => {
    await using test = await open();
    const { a, b } = await openTwo(test.store);
    const changed = await a.tenant.record((tx) => {
      const smuggled = { description: "mine", tenantId: b.id, id: "other" } as never;
      return tx.update(tx.tables.prompts, smuggled, EVERYTHING);
    });
    expect(changed).toMatchObject([{ tenantId: a.id, id: a.rows.prompts.id, description: "mine" }]);
    const theirs = await b.tenant.read((tx) => tx.select(tx.tables.prompts));
    expect(theirs).toMatchObject([{ id: b.rows.prompts.id, description: b.rows.prompts.description }]);
  });

  test("a delete reaches no other tenant's rows", async () => {
    await using test = await open();
    const { a, b } = await openTwo(test.store);
    await a.tenant.record((tx) => tx.delete(tx.tables.traces, EVERYTHING));
    expect(await a.tenant.read((tx) => tx.count(tx.tables.traces))).toBe(0);
    expect(await b.tenant.read((tx) => tx.count(tx.tables.traces))).toBe(1);
  });

  test("a row cannot carry another tenant's id", async () => {
    await using test = await open();
    const { a, b } = await openTwo(test.store);
    const row = { id: "p2", slug: "second", description: "", createdAt: new Date() };
    const inserted = await a.tenant.record((tx) => {
      // @ts-expect-error a row says nothing about its tenant
      const refused = () => tx.insert(tx.tables.prompts, { ...row, tenantId: b.id });
      return refused();
    });
    expect(inserted.tenantId).toBe(a.id);
    const absent = { ...row, id: "p3", slug: "third", tenantId: b.id } as never;
    await a.tenant.record((tx) => tx.insertIfAbsent(tx.tables.prompts, absent));
    expect(await b.tenant.read((tx) => tx.count(tx.tables.prompts))).toBe(1);
    expect(await a.tenant.read((tx) => tx.count(tx.tables.prompts))).toBe(3);
  });

  test("only shared models can be read without a tenant", async () => {
    await using test = await open();
    const { a } = await openTwo(test.store);
    await a.tenant.read(async (tx) => {
      expect(await tx.shared.select().from(tx.tables.sharedModels)).toEqual([]);
      expect(() => tx.shared.select().from(tx.tables.prompts as never)).toThrow("only shared models");
    });
  });

  test("removing a tenant removes every row of it and none of another", async () => {
    await using test = await open();
    const { a, b } = await openTwo(test.store);
    const before = await countAll(b.tenant, b.rows);
    await test.store.writePlatform(async ({ session }) => {
      await session.db.delete(session.tables.tenants).where(inArray(session.tables.tenants.id, [a.id]));
    });
    expect(new Set(Object.values(await countAll(a.tenant, a.rows)))).toEqual(new Set([0]));
    expect(await countAll(b.tenant, b.rows)).toEqual(before);
    expect(new Set(Object.values(before))).toEqual(new Set([1]));
  });

  test("a store needs a tenant's id", async () => {
    await using test = await open();
    expect(() => test.store.forTenant("")).toThrow("a tenant has an id");
  });
});

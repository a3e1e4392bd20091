import { getTableColumns, getTableName } from "drizzle-orm";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { describe, expect, test } from "vitest";
import { isForeignKeyViolation } from "./database-error.ts";
import { kits } from "./kit.ts";
import type { Store } from "./open-store.ts";
import { defineSchema, type Schema } from "./schema/index.ts";
import { describeEachStore } from "./testing/describe-each-store.ts";
import { fillTenant } from "./testing/fill-tenant.ts";

const schema = defineSchema(kits.sqlite);
const tenantTables = Object.entries(schema).filter(([, table]) => "tenantId" in table);
const fieldNames = (table: SQLiteTable) =>
  new Map(Object.entries(getTableColumns(table)).map(([field, column]) => [column.name, field]));

/** Every reference from one tenant's table to another: the table and the fields that hold the reference. */
const references = tenantTables.flatMap(([name, table]) =>
  getTableConfig(table).foreignKeys.flatMap((key) => {
    const { columns, foreignTable, foreignColumns } = key.reference();
    if (!("tenantId" in foreignTable)) return [];
    const fields = columns.map((column) => fieldNames(table).get(column.name) ?? "");
    return [{ name: name as keyof Schema, constraint: key.getName(), fields, foreignColumns, foreignTable }];
  }),
);

describe("the schema", () => {
  test("puts the tenant first in every key of every tenant's table", () => {
    expect(tenantTables.length).toBe(34);
    for (const [, table] of tenantTables) {
      const [key] = getTableConfig(table).primaryKeys;
      expect([getTableName(table), key?.columns[0]?.name]).toEqual([getTableName(table), "tenant_id"]);
    }
    for (const { constraint, fields, foreignColumns } of references) {
      expect([constraint, fields[0], foreignColumns[0]?.name]).toEqual([constraint, "tenantId", "tenant_id"]);
    }
  });
});

/** A copy of a filled row that collides with none, but for the fields of one reference, which are another tenant's. */
function strayRow(row: Record<string, unknown>, theirs: Record<string, unknown>, fields: string[]) {
  const copy: Record<string, unknown> = { ...row };
  for (const field of ["id", "slug", "label", "name", "key"]) if (field in copy) copy[field] = "stray";
  if ("position" in copy) copy.position = 7;
  if ("version" in copy) copy.version = 7;
  if ("contentSha256" in copy) copy.contentSha256 = "f".repeat(64);
  for (const field of fields) if (field !== "tenantId") copy[field] = theirs[field];
  return copy;
}

async function insertRaw(store: Store, name: keyof Schema, values: object): Promise<unknown> {
  try {
    await store.writePlatform(({ session }) =>
      session.db.insert(session.tables[name]).values(values as never),
    );
    return undefined;
  } catch (error) {
    return error;
  }
}

describeEachStore("the database itself", (open) => {
  test("refuses a row that refers to another tenant's", async () => {
    await using test = await open();
    const a = await fillTenant(test.store, "airline");
    const b = await fillTenant(test.store, "bank");
    for (const { name, constraint, fields } of references) {
      const mine: Record<string, unknown> = { ...a.rows[name as keyof typeof a.rows] };
      const theirs: Record<string, unknown> = { ...b.rows[name as keyof typeof b.rows] };
      // An optional reference that the sample row leaves empty points at their row of the same table's parent.
      for (const field of fields) theirs[field] ??= b.rows.promptVersions.id;
      const error = await insertRaw(test.store, name, { ...strayRow(mine, theirs, fields), tenantId: a.id });
      const isRefused = isForeignKeyViolation(error) || /database refused/.test(String(error));
      expect([name, constraint, isRefused, String(error)]).toEqual([name, constraint, true, String(error)]);
    }
  });
});

import { pgCore as p, type SQLWrapper, sqliteCore as s, sql } from "./drizzle.ts";

/**
 * The column kit: one table definition for two dialects. Everything is typed as its SQLite flavour; the Postgres
 * kit has the same shape and differs only in the columns it makes.
 */
const sqliteKit = {
  table: s.sqliteTable,
  primaryKey: s.primaryKey,
  foreignKey: s.foreignKey,
  index: s.index,
  uniqueIndex: s.uniqueIndex,
  text: (name: string) => s.text(name),
  enum: <const V extends [string, ...string[]]>(name: string, values: V) => s.text(name, { enum: values }),
  int: (name: string) => s.integer(name),
  long: (name: string) => s.integer(name, { mode: "number" }),
  real: (name: string) => s.real(name),
  bool: (name: string) => s.integer(name, { mode: "boolean" }),
  time: (name: string) => s.integer(name, { mode: "timestamp_ms" }),
  /** JSON kept as text in both dialects: `jsonb` reorders keys and refuses U+0000 and lone surrogates. */
  json: <T>(name: string) => s.text(name, { mode: "json" }).$type<T>(),
  bytes: (name: string) => s.blob(name, { mode: "buffer" }).$type<Uint8Array>(),
  /** Row-level security; SQLite has none. */
  tenantPolicy: (_table: string, _column: SQLWrapper): never[] => [],
};
export type Kit = typeof sqliteKit;

const jsonText = p.customType<{ data: unknown; driverData: string }>({
  dataType: () => "text",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value),
});

const bytea = p.customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => "bytea",
  toDriver: (value) => Buffer.from(value),
});

const postgresKit = {
  table: p.pgTable,
  primaryKey: p.primaryKey,
  foreignKey: p.foreignKey,
  index: p.index,
  uniqueIndex: p.uniqueIndex,
  text: (name: string) => p.text(name),
  enum: (name: string, values: [string, ...string[]]) => p.text(name, { enum: values }),
  int: (name: string) => p.integer(name),
  long: (name: string) => p.bigint(name, { mode: "number" }),
  real: (name: string) => p.doublePrecision(name),
  bool: (name: string) => p.boolean(name),
  time: (name: string) => p.timestamp(name, { withTimezone: true, precision: 3, mode: "date" }),
  json: (name: string) => jsonText(name),
  bytes: (name: string) => bytea(name),
  tenantPolicy: (table: string, column: SQLWrapper) => [
    p.pgPolicy(`${table}_tenant`, {
      for: "all",
      to: "public",
      using: sql`${column} = current_setting('app.tenant_id', true)`,
      withCheck: sql`${column} = current_setting('app.tenant_id', true)`,
    }),
  ],
};

export type Dialect = "sqlite" | "postgres";
export const kits: Record<Dialect, Kit> = {
  sqlite: sqliteKit,
  postgres: postgresKit as unknown as Kit,
};

import { createRequire } from "node:module";

// The kit for migrations bundles this file as CommonJS, which has a file name and no `import.meta.url`.
const load = createRequire(typeof __filename === "undefined" ? import.meta.url : __filename);

/**
 * Drizzle, in its CommonJS form. Its package.json is 180 KB, and Node reads it again for every one of its ES modules:
 * 0.6 s of every start and 250 MB of memory. The store takes drizzle from here and from nowhere else, types apart.
 */
const orm: typeof import("drizzle-orm") = load("drizzle-orm");

export type { InferInsertModel, InferSelectModel, SQLWrapper } from "drizzle-orm";
export const {
  and,
  asc,
  DrizzleQueryError,
  desc,
  eq,
  getTableColumns,
  getTableName,
  gt,
  gte,
  inArray,
  is,
  isNotNull,
  isNull,
  lt,
  lte,
  max,
  ne,
  or,
  sql,
} = orm;
export const SQL = orm.SQL;
export type SQL<T = unknown> = import("drizzle-orm").SQL<T>;

export const sqliteCore: typeof import("drizzle-orm/sqlite-core") = load("drizzle-orm/sqlite-core");
export const pgCore: typeof import("drizzle-orm/pg-core") = load("drizzle-orm/pg-core");

const sqliteDriver: typeof import("drizzle-orm/better-sqlite3") = load("drizzle-orm/better-sqlite3");
const pgDriver: typeof import("drizzle-orm/node-postgres") = load("drizzle-orm/node-postgres");
const migrator: typeof import("drizzle-orm/migrator") = load("drizzle-orm/migrator");

export const drizzleSqlite = sqliteDriver.drizzle;
export const drizzlePg = pgDriver.drizzle;
export const { readMigrationFiles } = migrator;

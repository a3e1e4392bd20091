import { setImmediate as nextTurn } from "node:timers/promises";
import { invariant } from "@assay/core";
import type { Database as SqliteDatabase, Statement } from "better-sqlite3";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database, InsertRows } from "./database.ts";
import { getTableColumns, is, SQL, sql } from "./drizzle.ts";

/** Postgres bounds the parameters of one statement at 65,535. */
const PARAMETERS_MAX = 30_000;

/** A row takes up to a tenth of a millisecond. */
const ROWS_PER_TURN = 32;

/** Inserts by one prepared statement per table, which costs a tenth of building a statement for each batch. */
export function sqliteInsertRows(connection: SqliteDatabase, db: Database): InsertRows {
  const prepared = new Map<SQLiteTable, PreparedInsert>();
  const preparedIfAbsent = new Map<SQLiteTable, PreparedInsert>();
  return async (table, rows, { ifAbsent }) => {
    const known = ifAbsent ? preparedIfAbsent : prepared;
    let insert = known.get(table);
    if (insert === undefined) {
      insert = prepareInsert(
        connection,
        insertOf(db, { table, rows: [placeholdersOf(table)], ifAbsent }),
        table,
      );
      known.set(table, insert);
    }
    let inserted = 0;
    for (const [at, row] of rows.entries()) {
      // SQLite works within the turn: without this many rows would hold up everybody else.
      if (at > 0 && at % ROWS_PER_TURN === 0) await nextTurn();
      inserted += insert.statement.run(insert.valuesOf(row)).changes;
    }
    return inserted;
  };
}

/** Inserts many rows by one statement. */
export function postgresInsertRows(db: Database): InsertRows {
  return async (table, rows, { ifAbsent }) => {
    const columns = getTableColumns(table);
    const batchRows = Math.floor(PARAMETERS_MAX / Object.keys(columns).length);
    let inserted = 0;
    for (let start = 0; start < rows.length; start += batchRows) {
      const some = rows.slice(start, start + batchRows);
      const insert = insertOf(db, { table, rows: some, ifAbsent });
      if (ifAbsent) inserted += (await insert.returning({ one: sql`1` })).length;
      else {
        await insert;
        inserted += some.length;
      }
    }
    return inserted;
  };
}

interface WantedInsert {
  table: SQLiteTable;
  rows: readonly object[];
  ifAbsent: boolean;
}

function insertOf(db: Database, { table, rows, ifAbsent }: WantedInsert) {
  const insert = db.insert(table).values([...rows] as never);
  return ifAbsent ? insert.onConflictDoNothing() : insert;
}

interface PreparedInsert {
  statement: Statement;
  valuesOf(row: object): unknown[];
}

function placeholdersOf(table: SQLiteTable): object {
  return Object.fromEntries(Object.keys(getTableColumns(table)).map((key) => [key, sql.placeholder(key)]));
}

function prepareInsert(
  connection: SqliteDatabase,
  insert: ReturnType<typeof insertOf>,
  table: SQLiteTable,
): PreparedInsert {
  const columns = Object.entries(getTableColumns(table));
  const { sql: text, params } = insert.toSQL();
  invariant(params.length === columns.length, "every column of an insert is a parameter");
  return {
    statement: connection.prepare(text),
    valuesOf: (row) =>
      columns.map(([key, column]) => {
        const given = (row as Record<string, unknown>)[key] ?? defaultOf(column.default);
        return given === null ? null : column.mapToDriverValue(given);
      }),
  };
}

function defaultOf(value: unknown): unknown {
  invariant(!is(value, SQL), "a column's default is a plain value");
  return value ?? null;
}

import SqliteDatabase from "better-sqlite3";

/** What SQLite says of every page and every foreign key of a file; `["ok"]` when all is well. */
export function checkIntegrity(file: string): string[] {
  const database = new SqliteDatabase(file);
  try {
    const pages = database.pragma("integrity_check") as { integrity_check: string }[];
    const violations = database.pragma("foreign_key_check") as unknown[];
    return [...pages.map((row) => row.integrity_check), ...violations.map((row) => JSON.stringify(row))];
  } finally {
    database.close();
  }
}

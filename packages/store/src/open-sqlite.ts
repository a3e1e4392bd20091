import { AsyncLocalStorage } from "node:async_hooks";
import { invariant } from "@assay/core";
import SqliteDatabase from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { type Actor, type Database, type Driver, type Session, sameActor } from "./database.ts";
import { kits } from "./kit.ts";
import { migrationsFolder } from "./migrations-folder.ts";
import { Mutex } from "./mutex.ts";
import { defineSchema } from "./schema/index.ts";

const BUSY_TIMEOUT_MS = 5_000;

/** FULL and not NORMAL: an acknowledged write must survive a power cut, which NORMAL in WAL mode does not promise. */
function openWriter(file: string): SqliteDatabase.Database {
  const writer = new SqliteDatabase(file);
  writer.pragma("journal_mode = WAL");
  writer.pragma("synchronous = FULL");
  writer.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  migrateWriter(writer);
  return writer;
}

/**
 * Foreign keys must be off outside the migrator's transaction: inside, the pragma is ignored, and a table rebuild
 * would then cascade its deletes (drizzle-team/drizzle-orm#5782).
 */
function migrateWriter(writer: SqliteDatabase.Database): void {
  writer.pragma("foreign_keys = OFF");
  migrate(drizzle(writer), { migrationsFolder: migrationsFolder("sqlite") });
  const violations = writer.pragma("foreign_key_check") as unknown[];
  invariant(
    violations.length === 0,
    `foreign keys are violated after migration: ${JSON.stringify(violations)}`,
  );
  writer.pragma("foreign_keys = ON");
}

/** Opens (and creates, and migrates) a SQLite file. One connection writes, behind a mutex; one reads beside it. */
export function openSqlite(file: string): Driver {
  const writer = openWriter(file);
  const reader = new SqliteDatabase(file, { readonly: true });
  reader.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  const tables = defineSchema(kits.sqlite);

  const sessionOn = (connection: SqliteDatabase.Database): Session => {
    const db = drizzle(connection);
    return {
      db: db as unknown as Database,
      tables,
      dialect: "sqlite",
      execute: async (query) => db.all(query) as Record<string, unknown>[],
    };
  };
  const writing = sessionOn(writer);
  const reading = sessionOn(reader);
  const mutex = new Mutex();
  const current = new AsyncLocalStorage<Actor>();

  const joins = (actor: Actor): boolean => {
    const outer = current.getStore();
    invariant(outer === undefined || sameActor(outer, actor), "a transaction is joined by another actor");
    return outer !== undefined;
  };

  const transact = async <R>(actor: Actor, work: (session: Session) => Promise<R>): Promise<R> => {
    writer.exec("BEGIN IMMEDIATE");
    try {
      const result = await current.run(actor, () => work(writing));
      writer.exec("COMMIT");
      return result;
    } catch (error) {
      if (writer.inTransaction) writer.exec("ROLLBACK");
      throw error;
    }
  };

  return {
    dialect: "sqlite",
    read: (actor, work) => work(joins(actor) ? writing : reading),
    write: (actor, work) => (joins(actor) ? work(writing) : mutex.run(() => transact(actor, work))),
    close: async () => {
      await mutex.run(async () => {
        reader.close();
        writer.close();
      });
    },
  };
}

import { closeSync, openSync } from "node:fs";
import SqliteDatabase from "better-sqlite3";
import { Checkpointer } from "./checkpointer.ts";
import type { Actor, Connection, Database, Driver, WriteOptions } from "./database.ts";
import { toStoreError } from "./database-error.ts";
import { drizzleSqlite } from "./drizzle.ts";
import { sqliteInsertRows } from "./insert-rows.ts";
import { kits } from "./kit.ts";
import { LogSync } from "./log-sync.ts";
import { migrateSqlite } from "./migrate-sqlite.ts";
import { Mutex } from "./mutex.ts";
import { defineSchema } from "./schema/index.ts";
import { Session } from "./session.ts";
import { SessionScope } from "./session-scope.ts";

const BUSY_TIMEOUT_MS = 5_000;
const OWNER_ONLY = 0o600;
/**
 * Pages each connection keeps for itself, in KiB where negative. The library's own 16 MB are most of what a long run would add to the
 * process; what is not here is in the machine's cache of the file.
 */
const CACHE = "cache_size = -2048";
/** Pages of log at which the writer checkpoints itself: the thread that does so otherwise is then too slow, or gone. */
const OWN_CHECKPOINT = "wal_autocheckpoint = 8000";

function openWriter(file: string): SqliteDatabase.Database {
  // The file holds every tenant's text; SQLite would let the whole machine read it. Its WAL takes the same mode.
  closeSync(openSync(file, "a", OWNER_ONLY));
  const writer = new SqliteDatabase(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    writer.pragma("journal_mode = WAL");
    // FULL and not NORMAL: an acknowledged write must survive a power cut, which NORMAL in WAL mode does not promise.
    writer.pragma("synchronous = FULL");
    // Pages that cannot be right are reported as corrupt instead of being read.
    writer.pragma(CACHE);
    writer.pragma("cell_size_check = ON");
    writer.pragma("trusted_schema = OFF");
    migrateSqlite(writer);
    writer.pragma(OWN_CHECKPOINT);
    return writer;
  } catch (error) {
    writer.close();
    throw error;
  }
}

function openReader(file: string): SqliteDatabase.Database {
  const reader = new SqliteDatabase(file, { readonly: true, timeout: BUSY_TIMEOUT_MS });
  reader.pragma(CACHE);
  reader.pragma("cell_size_check = ON");
  reader.pragma("trusted_schema = OFF");
  return reader;
}

function connectionOn(connection: SqliteDatabase.Database): Connection {
  keepStatements(connection);
  const db = drizzleSqlite(connection);
  const database = db as unknown as Database;
  return {
    dialect: "sqlite",
    tables: defineSchema(kits.sqlite),
    db: database,
    insertRows: sqliteInsertRows(connection, database),
    execute: async (query) => db.all(query) as Record<string, unknown>[],
  };
}

const STATEMENTS_KEPT = 500;
const KEPT_CHARS_MAX = 20_000;

/**
 * Drizzle prepares every statement each time; kept ones cost a tenth. All their texts come from code, so there are few:
 * only lists of values make more of them, and what was used longest ago goes first.
 */
function keepStatements(connection: SqliteDatabase.Database): void {
  const prepare = connection.prepare.bind(connection);
  const kept = new Map<string, SqliteDatabase.Statement>();
  connection.prepare = ((text: string) => {
    if (text.length > KEPT_CHARS_MAX) return prepare(text);
    const known = kept.get(text);
    const statement = known ?? prepare(text);
    if (known !== undefined) kept.delete(text);
    kept.set(text, statement);
    if (kept.size > STATEMENTS_KEPT) kept.delete(kept.keys().next().value ?? "");
    // How rows are given is set on the statement, and the one who used it before may have wanted lists.
    return statement.reader ? statement.raw(false) : statement;
  }) as typeof connection.prepare;
}

/** Opens (and creates, and migrates) a SQLite file. One connection writes, behind a mutex; one reads beside it. */
export function openSqlite(file: string): Driver {
  const writer = openWriter(file);
  const reader = openReader(file);
  const writing = connectionOn(writer);
  const reading = connectionOn(reader);
  const mutex = new Mutex();
  const scope = new SessionScope();
  const logSync = new LogSync(`${file}-wal`);
  const checkpointer = new Checkpointer(writer, file);

  const transact = async <R>(actor: Actor, work: (session: Session) => Promise<R>): Promise<R> => {
    writer.exec("BEGIN IMMEDIATE");
    try {
      const result = await scope.run(new Session(writing, { actor, access: "write" }), work);
      writer.exec("COMMIT");
      return result;
    } catch (error) {
      if (writer.inTransaction) writer.exec("ROLLBACK");
      throw error;
    } finally {
      checkpointer.committed();
    }
  };

  /** Commits without a sync, which follows while the process goes on. */
  const transactBeside = async <R>(actor: Actor, work: (session: Session) => Promise<R>): Promise<R> => {
    writer.pragma("synchronous = NORMAL");
    try {
      return await transact(actor, work);
    } finally {
      writer.pragma("synchronous = FULL");
    }
  };

  const writeAlone = async <R>(
    actor: Actor,
    work: (session: Session) => Promise<R>,
    { sync = "within" }: WriteOptions,
  ): Promise<R> => {
    logSync.assertSound();
    if (sync === "within") return await mutex.run(() => transact(actor, work));
    const result = await mutex.run(() => transactBeside(actor, work));
    await logSync.settled();
    return result;
  };

  const read: Driver["read"] = async (actor, work) => {
    const wanted = { actor, access: "read" } as const;
    return await (scope.join(wanted, work) ?? scope.run(new Session(reading, wanted), work));
  };
  const write: Driver["write"] = async (actor, work, options = {}) => {
    const wanted = { actor, access: "write" } as const;
    return await (scope.join(wanted, work) ?? writeAlone(actor, work, options));
  };
  const translated =
    (run: Driver["write"]): Driver["write"] =>
    async (actor, work, options) => {
      try {
        return await run(actor, work, options);
      } catch (error) {
        throw toStoreError(error);
      }
    };

  return {
    dialect: "sqlite",
    read: translated(read),
    write: translated(write),
    close: async () => {
      await checkpointer.close();
      await mutex.run(async () => {
        await logSync.close();
        reader.close();
        writer.close();
      });
    },
  };
}

import { invariant } from "@assay/core";
import type { SQL } from "drizzle-orm";
import type { Access, Actor, Connection, Database, InsertRows } from "./database.ts";
import type { Dialect } from "./kit.ts";
import type { Schema } from "./schema/index.ts";

/**
 * One unit of work, from its begin to its end. After the end it answers nothing: the connection may be in somebody
 * else's transaction by then.
 */
export class Session {
  readonly actor: Actor;
  readonly access: Access;
  readonly #connection: Connection;
  #isOpen = true;
  #failure: { reason: unknown } | undefined;

  constructor(connection: Connection, { actor, access }: { actor: Actor; access: Access }) {
    this.#connection = connection;
    this.actor = actor;
    this.access = access;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get dialect(): Dialect {
    return this.#connection.dialect;
  }

  get tables(): Schema {
    return this.#connection.tables;
  }

  get db(): Database {
    invariant(this.#isOpen, "a transaction is used after its end");
    return this.#connection.db;
  }

  get insertRows(): InsertRows {
    invariant(this.#isOpen, "a transaction is used after its end");
    return this.#connection.insertRows;
  }

  /** Raw statements that return rows: the queue's claim and health checks only. */
  async execute(query: SQL): Promise<Record<string, unknown>[]> {
    invariant(this.#isOpen, "a transaction is used after its end");
    return await this.#connection.execute(query);
  }

  /**
   * Nothing of this unit of work will be committed. Postgres forgets a transaction in which a statement failed even
   * when the code caught the error; this makes SQLite do so too, and makes both say it instead of reporting success.
   */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
  }

  assertSound(): void {
    if (this.#failure !== undefined) throw this.#failure.reason;
  }

  end(): void {
    this.#isOpen = false;
  }
}

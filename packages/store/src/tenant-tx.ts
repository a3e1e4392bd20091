import { AppError, invariant } from "@assay/core";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { isForeignKeyViolation, isUniqueViolation } from "./database-error.ts";
import { eq, getTableColumns, type SQL, sql } from "./drizzle.ts";
import { newId } from "./new-id.ts";
import type { Schema } from "./schema/index.ts";
import type { Session } from "./session.ts";
import type { Changes, NewRow, Row, TenantTable } from "./tenant-row.ts";

/** Both databases bound the parameters of one statement; SQLite's bound is the lower (32,766). */
const PARAMETERS_MAX = 30_000;

interface SelectOptions {
  where?: SQL | undefined;
  orderBy?: (SQL | SQLiteColumn)[];
  limit?: number;
  /** Lock the rows until the transaction ends; SQLite's one writer holds them anyway. */
  lock?: boolean;
}

interface Joined<L extends TenantTable, R extends TenantTable> {
  left: L;
  right: R;
  on: SQL;
}

/** A query of a shared table, which can be narrowed but not joined to a tenant's. */
interface SharedQuery<T extends SQLiteTable> extends PromiseLike<Row<T>[]> {
  where(condition: SQL | undefined): SharedQuery<T>;
  orderBy(...columns: (SQL | SQLiteColumn)[]): SharedQuery<T>;
  limit(count: number): SharedQuery<T>;
}

export interface AuditDraft {
  actor: string;
  action: string;
  object: string;
  details?: Record<string, unknown>;
}

/**
 * A transaction of one tenant: the only handle to its rows. It adds the tenant predicate and the tenant column by
 * itself, and a row can neither carry another tenant's id nor be moved to one.
 */
export class TenantTx {
  readonly tenantId: string;
  readonly #session: Session;
  readonly #requestId: string | null;
  #changes = 0;
  #audits = 0;

  /** @param requestId what its audit entries name as their cause. */
  constructor(session: Session, requestId: string | null = null) {
    invariant(session.actor.kind === "tenant", "a tenant's transaction acts for that tenant");
    this.#requestId = requestId;
    this.tenantId = session.actor.tenantId;
    this.#session = session;
  }

  get tables() {
    return this.#session.tables;
  }

  /** Rows that every tenant may read: the shared models. Read only. */
  get shared() {
    const { db, tables } = this.#session;
    return {
      select: () => ({
        from: (table: Schema["sharedModels"]): SharedQuery<Schema["sharedModels"]> => {
          invariant(table === tables.sharedModels, "only shared models belong to every tenant");
          return db.select().from(table).$dynamic() as unknown as SharedQuery<Schema["sharedModels"]>;
        },
      }),
    };
  }

  #own(table: TenantTable, where?: SQL): SQL {
    const own = eq(table.tenantId, this.tenantId);
    // The parentheses are the guard: `a = 1 or 1 = 1` must not escape the tenant predicate.
    return where === undefined ? own : sql`${own} and (${where})`;
  }

  /** The tenant comes last: a row that smuggles in another one loses it here. */
  #stamped(row: object): object {
    assertStorable(row);
    return { ...row, tenantId: this.tenantId };
  }

  /** Runs one statement. When it fails, this transaction cannot be committed any more. */
  async #run<R>(statement: () => PromiseLike<R>, conflictMessage?: string): Promise<R> {
    try {
      return await statement();
    } catch (error) {
      const refusal = conflictMessage === undefined ? error : translateViolation(error, conflictMessage);
      this.#session.fail(refusal);
      throw refusal;
    }
  }

  async select<T extends TenantTable>(table: T, options: SelectOptions = {}): Promise<Row<T>[]> {
    let query = this.#session.db
      .select()
      .from(table as TenantTable)
      .where(this.#own(table, options.where))
      .$dynamic();
    if (options.orderBy) query = query.orderBy(...options.orderBy);
    if (options.limit !== undefined) query = query.limit(options.limit);
    if (options.lock && this.#session.dialect === "postgres") {
      query = (query as unknown as { for(strength: "update"): typeof query }).for("update");
    }
    return (await this.#run(() => query)) as Row<T>[];
  }

  async find<T extends TenantTable>(table: T, where: SQL, lock = false): Promise<Row<T> | undefined> {
    const [row] = await this.select(table, { where, limit: 1, lock });
    return row;
  }

  async join<L extends TenantTable, R extends TenantTable>(
    tables: Joined<L, R>,
    options: SelectOptions = {},
  ): Promise<{ left: Row<L>; right: Row<R> }[]> {
    const { left, right } = tables;
    return (await this.#join({ left, right }, tables, options)) as unknown as {
      left: Row<L>;
      right: Row<R>;
    }[];
  }

  /** The left side alone, where the right one only says which: its texts may be long. */
  async selectJoined<L extends TenantTable>(
    tables: Joined<L, TenantTable>,
    options: SelectOptions = {},
  ): Promise<Row<L>[]> {
    const rows = await this.#join({ left: tables.left }, tables, options);
    return rows.map((row) => row.left as Row<L>);
  }

  /** Both sides are scoped, so a join cannot reach another tenant's rows either. */
  async #join(
    columns: Record<string, TenantTable>,
    { left, right, on }: Joined<TenantTable, TenantTable>,
    options: SelectOptions,
  ): Promise<Record<string, unknown>[]> {
    let query = this.#session.db
      .select(columns)
      .from(left)
      .innerJoin(right, this.#own(right, on))
      .where(this.#own(left, options.where))
      .$dynamic();
    if (options.orderBy) query = query.orderBy(...options.orderBy);
    if (options.limit !== undefined) query = query.limit(options.limit);
    return await this.#run(() => query);
  }

  /** Sums and counts over one table; each column of `columns` is an SQL aggregate or a grouping column. */
  async aggregate<C extends Record<string, SQL | SQLiteColumn>>(
    table: TenantTable,
    options: {
      columns: C;
      where?: SQL | undefined;
      groupBy?: (SQL | SQLiteColumn)[];
      orderBy?: SQL[];
      limit?: number;
      offset?: number;
    },
  ): Promise<Record<keyof C, unknown>[]> {
    let query = this.#session.db
      .select(options.columns)
      .from(table)
      .where(this.#own(table, options.where))
      .$dynamic();
    if (options.groupBy) query = query.groupBy(...options.groupBy);
    if (options.orderBy) query = query.orderBy(...options.orderBy);
    if (options.limit !== undefined) query = query.limit(options.limit);
    if (options.offset !== undefined) query = query.offset(options.offset);
    return (await this.#run(() => query)) as unknown as Record<keyof C, unknown>[];
  }

  async count(table: TenantTable, where?: SQL): Promise<number> {
    return await this.#run(() => this.#session.db.$count(table, this.#own(table, where)));
  }

  /** Inserts; a unique conflict is refused as `conflict` with `conflictMessage`. */
  async insert<T extends TenantTable>(
    table: T,
    row: NewRow<T>,
    conflictMessage = "This already exists.",
  ): Promise<Row<T>> {
    const [inserted] = await this.insertMany(table, [row], conflictMessage);
    invariant(inserted !== undefined, "an insert returns its row");
    return inserted;
  }

  async insertMany<T extends TenantTable>(
    table: T,
    rows: NewRow<T>[],
    conflictMessage = "This already exists.",
  ): Promise<Row<T>[]> {
    const inserted: Row<T>[] = [];
    for (const values of this.#batches(table, rows)) {
      const insert = this.#session.db.insert(table as TenantTable).values(values as never);
      inserted.push(...((await this.#run(() => insert.returning(), conflictMessage)) as Row<T>[]));
    }
    this.#changes += inserted.length;
    return inserted;
  }

  /** Inserts many rows without reading them back: for what is written by the thousand. */
  async insertAll<T extends TenantTable>(
    table: T,
    rows: readonly NewRow<T>[],
    conflictMessage = "This already exists.",
  ): Promise<void> {
    await this.#insertRows(table, rows, { conflictMessage });
  }

  async #insertRows<T extends TenantTable>(
    table: T,
    rows: readonly NewRow<T>[],
    { conflictMessage }: { conflictMessage?: string },
  ): Promise<number> {
    const stamped = rows.map((row) => this.#stamped(row));
    const options = { ifAbsent: conflictMessage === undefined };
    const insert = () => this.#session.insertRows(table, stamped, options);
    const inserted = await this.#run(insert, conflictMessage);
    this.#changes += inserted;
    return inserted;
  }

  /** Inserts unless a row with the same key is there already; answers whether it did. */
  async insertIfAbsent<T extends TenantTable>(table: T, row: NewRow<T>): Promise<boolean> {
    return (await this.insertManyIfAbsent(table, [row])) > 0;
  }

  /** The same for many; answers how many were not there. Rows in one order everywhere cannot deadlock. */
  async insertManyIfAbsent<T extends TenantTable>(table: T, rows: readonly NewRow<T>[]): Promise<number> {
    return await this.#insertRows(table, rows, {});
  }

  *#batches<T extends TenantTable>(table: T, rows: NewRow<T>[]): Generator<object[]> {
    const batchRows = Math.floor(PARAMETERS_MAX / Object.keys(getTableColumns(table)).length);
    for (let start = 0; start < rows.length; start += batchRows) {
      yield rows.slice(start, start + batchRows).map((row) => this.#stamped(row));
    }
  }

  async update<T extends TenantTable>(table: T, changes: Changes<T>, where: SQL): Promise<Row<T>[]> {
    assertStorable(changes);
    const { tenantId: _, id: __, ...allowed } = changes as Record<string, unknown>;
    const update = this.#session.db.update(table as TenantTable).set(allowed as never);
    const updated = await this.#run(() => update.where(this.#own(table, where)).returning());
    this.#changes += updated.length;
    return updated as Row<T>[];
  }

  async delete<T extends TenantTable>(table: T, where: SQL): Promise<Row<T>[]> {
    const removal = this.#session.db.delete(table as TenantTable).where(this.#own(table, where));
    const deleted = await this.#run(
      () => removal.returning(),
      "Something still refers to it; remove that first.",
    );
    this.#changes += deleted.length;
    return deleted as Row<T>[];
  }

  /** Writes the trace a change leaves. `assertAudited` refuses to commit a change without one. */
  async audit(draft: AuditDraft): Promise<void> {
    await this.insert(this.tables.auditEntries, {
      id: newId("audit"),
      actor: draft.actor,
      action: draft.action,
      object: draft.object,
      details: draft.details ?? {},
      requestId: this.#requestId,
      createdAt: new Date(),
    });
    this.#audits += 1;
  }

  assertAudited(): void {
    invariant(this.#changes === 0 || this.#audits > 0, "a change is committed without an audit entry");
  }
}

function translateViolation(error: unknown, message: string): unknown {
  return isUniqueViolation(error) || isForeignKeyViolation(error) ? new AppError("conflict", message) : error;
}

/** Postgres cannot hold U+0000 in a text; SQLite could, and the two must not differ. */
function assertStorable(row: object): void {
  for (const value of Object.values(row)) {
    if (typeof value === "string" && value.includes("\0")) {
      throw new AppError("invalid_input", "A text may not contain the character U+0000.");
    }
  }
}

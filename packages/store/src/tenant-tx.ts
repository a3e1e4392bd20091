import { AppError, invariant } from "@assay/core";
import { and, eq, type InferInsertModel, type InferSelectModel, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Session } from "./database.ts";
import { isForeignKeyViolation, isUniqueViolation } from "./database-error.ts";
import { newId } from "./new-id.ts";

export type TenantTable = SQLiteTable & { tenantId: SQLiteColumn };
type Row<T extends SQLiteTable> = InferSelectModel<T>;

// `never` and not only Omit: Omit alone lets a variable through that carries a tenantId.
type NewRow<T extends SQLiteTable> = Omit<InferInsertModel<T>, "tenantId"> & { tenantId?: never };
type Changes<T extends SQLiteTable> = Partial<Omit<InferInsertModel<T>, "tenantId" | "id">> & {
  tenantId?: never;
  id?: never;
};

interface SelectOptions {
  where?: SQL | undefined;
  orderBy?: (SQL | SQLiteColumn)[];
  limit?: number;
  /** Lock the rows until the transaction ends; SQLite's one writer holds them anyway. */
  lock?: boolean;
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
  #changes = 0;
  #audits = 0;

  constructor(tenantId: string, session: Session) {
    this.tenantId = tenantId;
    this.#session = session;
  }

  get tables() {
    return this.#session.tables;
  }

  /** Rows that every tenant may read, such as shared models. Read only. */
  get shared() {
    const { db } = this.#session;
    return { select: db.select.bind(db) };
  }

  #own(table: TenantTable, where?: SQL): SQL {
    const own = eq(table.tenantId, this.tenantId);
    // The parentheses are the guard: `a = 1 or 1 = 1` must not escape the tenant predicate.
    return where === undefined ? own : sql`${own} and (${where})`;
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
    return (await query) as Row<T>[];
  }

  async find<T extends TenantTable>(table: T, where: SQL, lock = false): Promise<Row<T> | undefined> {
    const [row] = await this.select(table, { where, limit: 1, lock });
    return row;
  }

  /** Both sides are scoped, so a join cannot reach another tenant's rows either. */
  async join<L extends TenantTable, R extends TenantTable>(
    tables: { left: L; right: R; on: SQL },
    options: SelectOptions = {},
  ): Promise<{ left: Row<L>; right: Row<R> }[]> {
    const { left, right, on } = tables;
    let query = this.#session.db
      .select({ left: left as TenantTable, right: right as TenantTable })
      .from(left as TenantTable)
      .innerJoin(right as TenantTable, and(on, eq(right.tenantId, this.tenantId)))
      .where(this.#own(left, options.where))
      .$dynamic();
    if (options.orderBy) query = query.orderBy(...options.orderBy);
    if (options.limit !== undefined) query = query.limit(options.limit);
    return (await query) as unknown as { left: Row<L>; right: Row<R> }[];
  }

  /** Sums and counts over one table; each column of `columns` is an SQL aggregate or a grouping column. */
  async aggregate<C extends Record<string, SQL | SQLiteColumn>>(
    table: TenantTable,
    options: { columns: C; where?: SQL | undefined; groupBy?: (SQL | SQLiteColumn)[]; orderBy?: SQL[] },
  ): Promise<Record<keyof C, unknown>[]> {
    let query = this.#session.db
      .select(options.columns)
      .from(table)
      .where(this.#own(table, options.where))
      .$dynamic();
    if (options.groupBy) query = query.groupBy(...options.groupBy);
    if (options.orderBy) query = query.orderBy(...options.orderBy);
    return (await query) as unknown as Record<keyof C, unknown>[];
  }

  async count(table: TenantTable, where?: SQL): Promise<number> {
    return await this.#session.db.$count(table, this.#own(table, where));
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
    if (rows.length === 0) return [];
    this.#changes += rows.length;
    const values = rows.map((row) => ({ ...row, tenantId: this.tenantId }));
    try {
      return (await this.#session.db
        .insert(table as TenantTable)
        .values(values as never)
        .returning()) as Row<T>[];
    } catch (error) {
      throw translateViolation(error, conflictMessage);
    }
  }

  /** Inserts unless a row with the same key is there already; answers whether it did. */
  async insertIfAbsent<T extends TenantTable>(table: T, row: NewRow<T>): Promise<boolean> {
    this.#changes += 1;
    const inserted = await this.#session.db
      .insert(table as TenantTable)
      .values({ ...row, tenantId: this.tenantId } as never)
      .onConflictDoNothing()
      .returning();
    return (inserted as unknown[]).length > 0;
  }

  async update<T extends TenantTable>(table: T, changes: Changes<T>, where: SQL): Promise<Row<T>[]> {
    const updated = (await this.#session.db
      .update(table as TenantTable)
      .set(changes as never)
      .where(this.#own(table, where))
      .returning()) as Row<T>[];
    this.#changes += updated.length;
    return updated;
  }

  async delete<T extends TenantTable>(table: T, where: SQL): Promise<Row<T>[]> {
    try {
      const deleted = (await this.#session.db
        .delete(table as TenantTable)
        .where(this.#own(table, where))
        .returning()) as Row<T>[];
      this.#changes += deleted.length;
      return deleted;
    } catch (error) {
      throw translateViolation(error, "Something still refers to it; remove that first.");
    }
  }

  /** Writes the trace a change leaves. `assertAudited` refuses to commit a change without one. */
  async audit(draft: AuditDraft): Promise<void> {
    await this.insert(this.tables.auditEntries, {
      id: newId("audit"),
      actor: draft.actor,
      action: draft.action,
      object: draft.object,
      details: draft.details ?? {},
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

import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { InferInsertModel, InferSelectModel } from "./drizzle.ts";

export type TenantTable = SQLiteTable & { tenantId: SQLiteColumn };
export type Row<T extends SQLiteTable> = InferSelectModel<T>;

// `never` and not only Omit: Omit alone lets a variable through that carries a tenantId.
export type NewRow<T extends SQLiteTable> = Omit<InferInsertModel<T>, "tenantId"> & { tenantId?: never };
export type Changes<T extends SQLiteTable> = Partial<Omit<InferInsertModel<T>, "tenantId" | "id">> & {
  tenantId?: never;
  id?: never;
};

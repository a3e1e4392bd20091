import {
  type AuthWhere,
  countAuthRows,
  deleteAuthRows,
  insertAuthRow,
  type Store,
  selectAuthRows,
  updateAuthRows,
} from "@assay/store";
import { createAdapterFactory } from "@better-auth/core/db/adapter";

/**
 * better-auth's rows by our own store: on SQLite its writes wait for the one writer like everybody's, and on both
 * databases they join a platform transaction that they are made in. Its own adapter for drizzle would write beside the
 * mutex, and load drizzle a second time.
 */
export function openAuthAdapter(store: Store) {
  const update = (model: string, where: AuthWhere, changes: Record<string, unknown>) =>
    store.writePlatform((tx) => updateAuthRows(tx, model, { where, changes }));
  const remove = (model: string, where: AuthWhere) =>
    store.writePlatform((tx) => deleteAuthRows(tx, model, where));

  return createAdapterFactory({
    config: {
      adapterId: "assay-store",
      supportsDates: true,
      supportsBooleans: true,
      supportsNumericIds: false,
      transaction: false,
    },
    // What comes back has the columns of the table, which is what better-auth's types call T.
    adapter: () => ({
      create: async ({ model, data }) =>
        (await store.writePlatform((tx) => insertAuthRow(tx, model, data))) as typeof data,
      findOne: async <T>({ model, where }: { model: string; where: AuthWhere }) => {
        const [row] = await store.readPlatform((tx) => selectAuthRows(tx, model, { where, limit: 1 }));
        return (row ?? null) as T | null;
      },
      findMany: async <T>({
        model,
        where,
        ...page
      }: {
        model: string;
        where?: AuthWhere | undefined;
        limit: number;
      }) =>
        (await store.readPlatform((tx) => selectAuthRows(tx, model, { where: where ?? [], ...page }))) as T[],
      count: async ({ model, where }) =>
        await store.readPlatform((tx) => countAuthRows(tx, model, where ?? [])),
      update: async <T>({ model, where, update: changes }: { model: string; where: AuthWhere; update: T }) =>
        ((await update(model, where, changes as Record<string, unknown>))[0] ?? null) as T | null,
      updateMany: async ({ model, where, update: changes }) => (await update(model, where, changes)).length,
      delete: async ({ model, where }) => {
        await remove(model, where);
      },
      deleteMany: async ({ model, where }) => (await remove(model, where)).length,
      consumeOne: async <T>({ model, where }: { model: string; where: AuthWhere }) =>
        ((await remove(model, where))[0] ?? null) as T | null,
    }),
  });
}

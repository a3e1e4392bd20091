import { invariant } from "@assay/core";
import type { Driver, WriteOptions } from "./database.ts";
import { sql } from "./drizzle.ts";
import type { Dialect } from "./kit.ts";
import { openPostgres } from "./open-postgres.ts";
import { openSqlite } from "./open-sqlite.ts";
import { PlatformTx } from "./platform-tx.ts";
import { TenantTx } from "./tenant-tx.ts";

/** One tenant's rows. There is no handle without a tenant but the platform's. */
export interface TenantStore {
  readonly tenantId: string;
  read<R>(work: (tx: TenantTx) => Promise<R>): Promise<R>;
  /** One transaction; refuses to commit a change that left no audit entry. Nested calls join it. */
  write<R>(work: (tx: TenantTx) => Promise<R>): Promise<R>;
  /** For what is itself a record and not a change: traces, results, progress, idempotency. */
  record<R>(work: (tx: TenantTx) => Promise<R>, options?: WriteOptions): Promise<R>;
}

export interface Store {
  readonly dialect: Dialect;
  /** @param requestId the request that acts, for the audit entries it leaves. */
  forTenant(tenantId: string, requestId?: string): TenantStore;
  readPlatform<R>(work: (tx: PlatformTx) => Promise<R>): Promise<R>;
  writePlatform<R>(work: (tx: PlatformTx) => Promise<R>): Promise<R>;
  /** Answers when the database does; throws otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @param location a SQLite file, or a `postgres://` URL. Creates and migrates what is not there yet. */
export async function openStore(location: string): Promise<Store> {
  const isPostgres = /^postgres(ql)?:\/\//.test(location);
  return storeOn(isPostgres ? await openPostgres(location) : openSqlite(location));
}

function storeOn(driver: Driver): Store {
  return {
    dialect: driver.dialect,
    forTenant: (tenantId, requestId) => tenantStore(driver, tenantId, requestId ?? null),
    readPlatform: (work) => driver.read({ kind: "platform" }, (session) => work(new PlatformTx(session))),
    writePlatform: (work) => driver.write({ kind: "platform" }, (session) => work(new PlatformTx(session))),
    ping: async () => {
      await driver.read({ kind: "platform" }, (session) => session.execute(sql`select 1`));
    },
    close: () => driver.close(),
  };
}

function tenantStore(driver: Driver, tenantId: string, requestId: string | null): TenantStore {
  invariant(tenantId !== "", "a tenant has an id");
  const actor = { kind: "tenant", tenantId } as const;
  return {
    tenantId,
    read: (work) => driver.read(actor, (session) => work(new TenantTx(session, requestId))),
    record: (work, options) =>
      driver.write(actor, (session) => work(new TenantTx(session, requestId)), options),
    write: (work) =>
      driver.write(actor, async (session) => {
        const tx = new TenantTx(session, requestId);
        const result = await work(tx);
        session.assertSound();
        tx.assertAudited();
        return result;
      }),
  };
}

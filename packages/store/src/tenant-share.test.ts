import { setImmediate as nextTurn } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { connectClient } from "./connect-client.ts";
import type { Driver } from "./database.ts";
import { StoreUnavailableError } from "./database-error.ts";
import { openPostgres } from "./open-postgres.ts";
import { TenantShare } from "./tenant-share.ts";
import { openTestLocation, openTestStore } from "./testing/open-test-store.ts";
import { seedTenant } from "./testing/seed-tenant.ts";

test("a tenant that keeps as many connections as it can get leaves some for others, and for itself in order", async () => {
  await using database = await openTestStore("postgres");
  const { store } = database;
  const airline = store.forTenant((await seedTenant(store, "airline")).id);
  const bank = store.forTenant((await seedTenant(store, "bank")).id);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reads = Array.from({ length: 40 }, () =>
    airline.read(async (tx) => {
      await held;
      // What is nested needs no connection of its own, so it cannot wait for one.
      return await airline.read((nested) => nested.count(tx.tables.prompts));
    }),
  );
  expect(await bank.read((tx) => tx.count(tx.tables.prompts))).toBe(0);
  await bank.record(async () => 0);
  await store.ping();
  release();
  expect(await Promise.all(reads)).toEqual(reads.map(() => 0));
});

test("a place goes to who asked first, also after a failure, and to nobody else's tenant", async () => {
  const share = new TenantShare({ atOnceMax: 2, waitMs: 60_000 });
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const ask = (tenantId: string, name: string) =>
    share.run(tenantId, async () => {
      begun.push(name);
      await new Promise<void>((_, reject) => ends.push(() => reject(new Error(name))));
    });
  const asked = ["a", "b", "c", "d"].map((name) => ask("airline", name).catch(String));
  asked.push(ask("bank", "theirs").catch(String));
  await nextTurn();
  expect(begun).toEqual(["a", "b", "theirs"]);
  ends[1]?.();
  await nextTurn();
  expect(begun).toEqual(["a", "b", "theirs", "c"]);
  ends[0]?.();
  await nextTurn();
  expect(begun.at(-1)).toBe("d");
  for (const end of ends) end();
  expect(await Promise.all(asked)).toHaveLength(5);
});

/** As many transactions of a tenant as it may have, all open at the same moment until they are released. */
async function holdAll(driver: Driver, tenantId: string) {
  const release = Promise.withResolvers<void>();
  const allOpen = Promise.withResolvers<void>();
  let open = 0;
  const held = Array.from({ length: 4 }, () =>
    driver.read({ kind: "tenant", tenantId }, async () => {
      open += 1;
      if (open === 4) allOpen.resolve();
      await release.promise;
    }),
  );
  const done = Promise.all(held);
  await Promise.race([allOpen.promise, done]);
  return {
    release: async () => {
      release.resolve();
      await done;
    },
  };
}

test("who waits too long for the tenant's own transactions is told to try again, and leaves no gap in the line", async () => {
  await using database = await openTestLocation("postgres");
  const driver = await openPostgres(database.location, { tenantWaitMs: 50 });
  const read = (tenantId: string) => driver.read({ kind: "tenant", tenantId }, async () => "read");
  const first = await holdAll(driver, "airline");
  await expect(read("airline")).rejects.toThrow(StoreUnavailableError);
  expect(await read("bank")).toBe("read");
  await first.release();
  expect(await read("airline")).toBe("read");
  // All of its places are there still: none went to the one that had left.
  const second = await holdAll(driver, "airline");
  await second.release();
  await driver.close();
});

test("that no connection became free is said as what it is, so that it is tried again", async () => {
  await using database = await openTestLocation("postgres");
  const pool = new pg.Pool({ connectionString: database.location, max: 1 });
  const only = await connectClient(pool);
  // From here on: the first may take as long as the server needs.
  pool.options.connectionTimeoutMillis = 100;
  await expect(connectClient(pool)).rejects.toThrow(StoreUnavailableError);
  only.release();
  await pool.end();
});

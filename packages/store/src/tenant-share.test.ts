import { setImmediate as nextTurn } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { connectClient } from "./connect-client.ts";
import { StoreUnavailableError } from "./database-error.ts";
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
  const share = new TenantShare(2);
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

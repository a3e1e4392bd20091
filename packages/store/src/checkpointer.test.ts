import SqliteDatabase from "better-sqlite3";
import { expect, test } from "vitest";
import { newId } from "./new-id.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { seedTenant } from "./testing/seed-tenant.ts";

const FILLER = "x".repeat(100_000);

test("what the log has gathered is taken into the file beside the writer, which writes on", async () => {
  await using database = await openTestStore("sqlite");
  const tenant = database.store.forTenant((await seedTenant(database.store, "airline")).id);
  const other = new SqliteDatabase(database.location, { readonly: true });
  const state = () => (other.pragma("wal_checkpoint(NOOP)") as { log: number; checkpointed: number }[])[0];
  const write = (number: number) =>
    tenant.record((tx) =>
      tx.insert(tx.tables.traces, {
        id: newId("trace"),
        model: "m",
        status: "completed",
        latencyMs: number,
        failureCode: FILLER,
        createdAt: new Date(),
      }),
    );
  // Some 25 pages each, up to the commit after which there is enough for the thread, and less than what the writer would
  // checkpoint itself. No further: the log begins anew with the first write after all of it was taken in.
  let written = 0;
  while ((state()?.log ?? 0) < 1_000) await write(++written);
  await expect.poll(() => state()?.checkpointed).toBeGreaterThanOrEqual(1_000);
  for (const last = written + 20; written < last; ) await write(++written);
  expect(other.prepare("select count(*) from traces").pluck().get()).toBe(written);
  expect(other.pragma("integrity_check", { simple: true })).toBe("ok");
  other.close();
});

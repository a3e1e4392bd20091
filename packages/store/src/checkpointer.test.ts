import SqliteDatabase from "better-sqlite3";
import { expect, test, vi } from "vitest";
import { newId } from "./new-id.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { seedTenant } from "./testing/seed-tenant.ts";

const FILLER = "x".repeat(100_000);

test("what the log has gathered is taken into the file beside the writer, which writes on", async () => {
  await using database = await openTestStore("sqlite");
  const tenant = database.store.forTenant((await seedTenant(database.store, "airline")).id);
  const other = new SqliteDatabase(database.location, { readonly: true });
  const checkpointed = () => {
    const [state] = other.pragma("wal_checkpoint(NOOP)") as { checkpointed: number }[];
    return state?.checkpointed;
  };
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
  // Some 25 pages each: more than the thread waits for, less than what the writer would checkpoint itself.
  for (let number = 1; number <= 60; number++) await write(number);
  await vi.waitFor(() => expect(checkpointed()).toBeGreaterThan(1_000), { timeout: 10_000 });
  await write(61);
  expect(other.prepare("select count(*) from traces").pluck().get()).toBe(61);
  expect(other.pragma("integrity_check", { simple: true })).toBe("ok");
  other.close();
});

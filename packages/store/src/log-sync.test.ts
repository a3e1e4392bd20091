import { mkdtemp, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { StoreUnavailableError } from "./database-error.ts";
import { LogSync } from "./log-sync.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { seedTenant } from "./testing/seed-tenant.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-log-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("who asks during a sync waits for the next one, together with all others", async () => {
  const path = join(folder, "log");
  await writeFile(path, "frames");
  const log = new LogSync(path);
  const first = log.settled();
  // The first begins in a later turn: until then all share it.
  expect(log.settled()).toBe(first);
  await Promise.resolve();
  const second = log.settled();
  expect(second).not.toBe(first);
  expect(log.settled()).toBe(second);
  await Promise.all([first, second]);
  await log.close();
});

test("after a failed sync nothing counts as synced any more, also when the disk is back", async () => {
  const path = join(folder, "log");
  const log = new LogSync(path);
  await expect(log.settled()).rejects.toThrow(/ENOENT/);
  await writeFile(path, "frames");
  await expect(log.settled()).rejects.toThrow(StoreUnavailableError);
  expect(() => log.assertSound()).toThrow(StoreUnavailableError);
  await log.close();
});

test("a record beside the disk is acknowledged by its sync; when that fails, no later write is taken", async () => {
  await using database = await openTestStore("sqlite");
  const { store, location } = database;
  const tenant = store.forTenant((await seedTenant(store, "airline")).id);
  await unlink(`${location}-wal`);
  const note = (options?: { sync: "beside" }) => tenant.record(async () => "done", options);
  expect(await note()).toBe("done");
  await expect(note({ sync: "beside" })).rejects.toThrow(StoreUnavailableError);
  await expect(note()).rejects.toThrow(StoreUnavailableError);
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { Dialect } from "../kit.ts";
import { openStore, type Store } from "../open-store.ts";
import { createPostgresDatabase } from "./postgres-database.ts";

/** A store on a database of its own, which disposing of it removes: `await using test = await openTestStore("sqlite")`. */
export interface TestStore extends AsyncDisposable {
  store: Store;
  dialect: Dialect;
  /** What `openStore` was called with: a file or a URL. */
  location: string;
}

/** An empty place to open a store at, removed by disposing of it. */
export interface TestLocation extends AsyncDisposable {
  location: string;
}

/** The admin URL of the Postgres that this test run shares; starts it on the first call. */
export async function sharedPostgresUrl(): Promise<string> {
  const response = await fetch(inject("postgresStarterUrl"));
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

/** @param content a Postgres database comes migrated (quick) or empty; a SQLite file does not exist yet. */
export async function openTestLocation(
  dialect: Dialect,
  content: "migrated" | "empty" = "migrated",
): Promise<TestLocation> {
  if (dialect === "postgres") {
    const database = await createPostgresDatabase(await sharedPostgresUrl(), content);
    return { location: database.url, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }
  const folder = mkdtempSync(join(tmpdir(), "assay-store-"));
  return {
    location: join(folder, "assay.db"),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Opens a real store of a dialect on a fresh, migrated, empty database. Inside vitest only. */
export async function openTestStore(dialect: Dialect): Promise<TestStore> {
  const place = await openTestLocation(dialect);
  const store = await openStore(place.location);
  return {
    store,
    dialect,
    location: place.location,
    [Symbol.asyncDispose]: async () => {
      await store.close();
      await place[Symbol.asyncDispose]();
    },
  };
}

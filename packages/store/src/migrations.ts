import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "./drizzle.ts";
import type { Dialect } from "./kit.ts";

/** A migration as drizzle's generator wrote it: its statements, its time and the hash of its file. */
export interface Migration {
  statements: string[];
  createdAt: number;
  hash: string;
}

/** Every migration of a dialect, oldest first. */
export function readMigrations(dialect: Dialect): Migration[] {
  const migrationsFolder = fileURLToPath(new URL(`../migrations/${dialect}`, import.meta.url));
  return readMigrationFiles({ migrationsFolder }).map((file) => ({
    statements: file.sql,
    createdAt: file.folderMillis,
    hash: file.hash,
  }));
}

/**
 * Those that a database has not seen, which is named by the time of its newest one.
 * @throws Error when the database was migrated by a newer release: this one would not understand it.
 */
export function pendingMigrations(migrations: Migration[], newestApplied: number | undefined): Migration[] {
  const newestKnown = migrations.at(-1)?.createdAt ?? 0;
  if (newestApplied !== undefined && newestApplied > newestKnown) {
    throw new Error(
      "This database was written by a newer release of Assay. Start that one, or restore a backup.",
    );
  }
  return migrations.filter(({ createdAt }) => newestApplied === undefined || createdAt > newestApplied);
}

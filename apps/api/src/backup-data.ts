import { existsSync } from "node:fs";
import { backupSqlite, restoreBackup } from "@assay/store";
import { dataPaths } from "./data-paths.ts";

/**
 * Copies a data directory's database and files into a new folder while a server uses them. The secret key is not
 * copied: keep it apart from the backup.
 * @throws Error when the directory has no SQLite database, or `out` exists.
 */
export async function backupData({ dataDir, out }: { dataDir: string; out: string }): Promise<void> {
  const { database, files } = dataPaths(dataDir);
  if (!existsSync(database)) {
    throw new Error(`"${dataDir}" has no SQLite database. A Postgres database is backed up with pg_dump.`);
  }
  await backupSqlite({ file: database, filesRoot: files, target: out });
}

/**
 * Makes a new data directory from a backup. Connections' secrets can be read again once the old `secret.key` is put
 * into it; without that they must be set again.
 * @throws Error when the backup is damaged, or the directory holds something.
 */
export async function restoreData({ source, dataDir }: { source: string; dataDir: string }): Promise<void> {
  await restoreBackup({ source, target: dataDir });
}

import { existsSync } from "node:fs";
import { createOperatorKey } from "@assay/services";
import { openStore } from "@assay/store";
import { readConfig } from "./config.ts";
import { dataPaths } from "./data-paths.ts";

/**
 * Makes another operator key in the store of a data directory (or in the Postgres of ASSAY_DATABASE_URL), also while a
 * server uses it. Answers the token, which is kept nowhere.
 * @throws Error when the directory has no database.
 */
export async function newOperatorKey({ dataDir }: { dataDir: string }): Promise<string> {
  const { databaseUrl } = readConfig();
  const { database } = dataPaths(dataDir);
  if (databaseUrl === undefined && !existsSync(database)) {
    throw new Error(`"${dataDir}" has no database. Name the server's data directory.`);
  }
  const store = await openStore(databaseUrl ?? database);
  try {
    return await createOperatorKey(store);
  } finally {
    await store.close();
  }
}

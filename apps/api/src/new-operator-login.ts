import { existsSync } from "node:fs";
import { EmailAddress } from "@assay/core";
import { type NewLogin, resetOperatorLogin } from "@assay/services";
import { openStore } from "@assay/store";
import { readConfig } from "./config.ts";
import { dataPaths } from "./data-paths.ts";

/**
 * Makes a person an operator with a new password, or makes that person, in the store of a data directory (or in the
 * Postgres of ASSAY_DATABASE_URL), also while a server uses it. The password is kept nowhere.
 * @throws Error when the directory has no database, or for what is no e-mail address.
 */
export async function newOperatorLogin({
  dataDir,
  email,
}: {
  dataDir: string;
  email: string;
}): Promise<NewLogin> {
  const address = EmailAddress.safeParse(email);
  if (!address.success) throw new Error(`"${email}" is not an e-mail address.`);
  const { databaseUrl } = readConfig();
  const { database } = dataPaths(dataDir);
  if (databaseUrl === undefined && !existsSync(database)) {
    throw new Error(`"${dataDir}" has no database. Name the server's data directory.`);
  }
  const { hashPassword } = await import("better-auth/crypto");
  const store = await openStore(databaseUrl ?? database);
  try {
    return await resetOperatorLogin({ store, hashPassword }, address.data);
  } finally {
    await store.close();
  }
}

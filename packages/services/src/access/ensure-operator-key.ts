import {
  countOperatorKeys,
  insertOperatorKey,
  insertPlatformAudit,
  type PlatformTx,
  type Store,
} from "@assay/store";
import { newKeyToken } from "./key-token.ts";

/** Makes the operator's key when the platform has none yet; answers its token that once. */
export async function ensureOperatorKey(store: Store): Promise<string | undefined> {
  return await store.writePlatform(async (tx) =>
    (await countOperatorKeys(tx)) > 0 ? undefined : await insertNewOperatorKey(tx, "first operator key"),
  );
}

/** Makes a further operator key, for whoever holds the data directory anyway. */
export async function createOperatorKey(store: Store): Promise<string> {
  return await store.writePlatform((tx) =>
    insertNewOperatorKey(tx, "operator key made on the server's machine"),
  );
}

async function insertNewOperatorKey(tx: PlatformTx, name: string): Promise<string> {
  const { token, publicId, secretSha256 } = newKeyToken("operator");
  const keyId = await insertOperatorKey(tx, { publicId, secretSha256, name });
  await insertPlatformAudit(tx, { actor: "platform", action: "operator_key.create", object: keyId });
  return token;
}

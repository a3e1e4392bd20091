import { countOperatorKeys, insertOperatorKey, insertPlatformAudit, type Store } from "@assay/store";
import { newKeyToken } from "./key-token.ts";

/** Makes the operator's key when the platform has none yet; answers its token that once. */
export async function ensureOperatorKey(store: Store): Promise<string | undefined> {
  return await store.writePlatform(async (tx) => {
    if ((await countOperatorKeys(tx)) > 0) return undefined;
    const { token, publicId, secretSha256 } = newKeyToken("operator");
    const keyId = await insertOperatorKey(tx, { publicId, secretSha256, name: "first operator key" });
    await insertPlatformAudit(tx, { actor: "platform", action: "operator_key.create", object: keyId });
    return token;
  });
}

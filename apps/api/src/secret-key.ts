import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";

const KEY_BYTES = 32;
/** 64 random digits have all sixteen; a key somebody typed to get going has not. */
const DISTINCT_DIGITS_MIN = 8;
const OWNER_ONLY = 0o600;

/**
 * The key that seals connections' secrets and, by way of HKDF, signs people's sessions: made on the first start, readable by the owner alone, never in the
 * database and never in a backup of it.
 * @throws Error when the file is not a key: starting with another one would make every sealed secret unreadable.
 */
export async function readOrMakeSecretKey(path: string): Promise<Buffer> {
  try {
    await writeFile(path, randomBytes(KEY_BYTES).toString("hex"), { mode: OWNER_ONLY, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const text = (await readFile(path, "utf8")).trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new Error(
      `${path} does not hold a secret key of ${KEY_BYTES} bytes in hex. Restore it, or move it away.`,
    );
  }
  if (new Set(text).size < DISTINCT_DIGITS_MIN) {
    throw new Error(
      `${path} holds a key that anybody could guess. Make one by: openssl rand -hex ${KEY_BYTES}`,
    );
  }
  return Buffer.from(text, "hex");
}

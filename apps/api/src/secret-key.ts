import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";

const KEY_BYTES = 32;
const OWNER_ONLY = 0o600;

/**
 * The key that seals connections' secrets: made on the first start, readable by the owner alone, never in the
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
  return Buffer.from(text, "hex");
}

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { AppError, invariant } from "@assay/core";

/** Seals small secrets for storing. What is sealed opens only with the same associated data. */
export interface SecretBox {
  /** @param associated names what the secret belongs to, outermost first: tenant id, connection id. */
  seal(plain: string, associated: readonly string[]): Uint8Array;
  /** @throws AppError `connection_unusable` for a blob that is damaged, moved or sealed with another key. */
  open(sealed: Uint8Array, associated: readonly string[]): string;
  /** Vouches for a text that leaves the house: HMAC-SHA256 with a key of its own for each purpose. */
  sign(text: string, purpose: string): Buffer;
}

const CIPHER = "aes-256-gcm";
const FORMAT = 1;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** JSON and not a join: ["a", "bc"] and ["ab", "c"] must not be the same data. */
function associatedBytes(associated: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify([FORMAT, ...associated]));
}

/**
 * AES-256-GCM with a random 96-bit IV per secret. Layout: format byte, IV, tag, ciphertext.
 * @param key 32 random bytes, kept outside the database.
 */
export function openSecretBox(key: Uint8Array): SecretBox {
  invariant(key.length === KEY_BYTES, `the secret key has ${KEY_BYTES} bytes`);
  // A copy: the caller may wipe or reuse its buffer.
  const ownKey = Buffer.from(key);

  return {
    seal: (plain, associated) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, ownKey, iv).setAAD(associatedBytes(associated));
      const ciphertext = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), ciphertext]);
    },
    open: (sealed, associated) => {
      if (sealed.length < HEADER_BYTES || sealed[0] !== FORMAT) throw unopenable();
      const iv = sealed.subarray(1, 1 + IV_BYTES);
      const tag = sealed.subarray(1 + IV_BYTES, HEADER_BYTES);
      const decipher = createDecipheriv(CIPHER, ownKey, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(associatedBytes(associated)).setAuthTag(tag);
      try {
        const plain = Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
        return plain.toString("utf8");
      } catch {
        throw unopenable();
      }
    },
    sign: (text, purpose) => {
      // RFC 5869: the key that signs says nothing of the key that seals.
      const purposeKey = hkdfSync("sha256", ownKey, "", `assay sign ${purpose}`, KEY_BYTES);
      return createHmac("sha256", Buffer.from(purposeKey)).update(text).digest();
    },
  };
}

function unopenable(): AppError {
  return new AppError(
    "connection_unusable",
    "The connection's stored secret cannot be opened. Set the secret again.",
  );
}

import { createHash, randomBytes } from "node:crypto";

/** `ask` opens one tenant, `aop` is an operator's. */
export type KeyAudience = "tenant" | "operator";
const PREFIXES = { tenant: "ask", operator: "aop" } as const;

const TOKEN = /^(ask|aop)_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
const SECRET_BYTES = 32;
const PUBLIC_ID_BYTES = 8;

export interface KeyToken {
  audience: KeyAudience;
  publicId: string;
  /** SHA-256 of the whole token. The secret has 256 random bits, so a slow hash would add nothing. */
  secretSha256: string;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Makes a new token. `token` is shown once; only its hash is kept. */
export function newKeyToken(audience: KeyAudience): KeyToken & { token: string } {
  const publicId = randomBytes(PUBLIC_ID_BYTES).toString("hex");
  const token = `${PREFIXES[audience]}_${publicId}_${randomBytes(SECRET_BYTES).toString("base64url")}`;
  return { audience, publicId, token, secretSha256: sha256(token) };
}

/** Reads a token's parts; undefined for anything that is not exactly one of ours. */
export function parseKeyToken(token: string): KeyToken | undefined {
  const match = TOKEN.exec(token);
  if (match === null) return undefined;
  const [, prefix, publicId = ""] = match;
  return { audience: prefix === "aop" ? "operator" : "tenant", publicId, secretSha256: sha256(token) };
}

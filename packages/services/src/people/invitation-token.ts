import { createHash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 32;

/** What an invitation's link carries. It has 256 random bits, so a plain hash of it is enough to keep. */
export function newInvitationToken(): { token: string; tokenSha256: string } {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return { token, tokenSha256: invitationTokenSha256(token) };
}

export function invitationTokenSha256(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

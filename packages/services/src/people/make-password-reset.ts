import { LIMITS, type NewPasswordReset } from "@assay/core";
import { type PasswordReset, type PlatformTx, putPasswordReset } from "@assay/store";
import type { Platform } from "../context.ts";
import { newInvitationToken } from "./invitation-token.ts";

/** Makes a person's one open reset; a former one is good no more. */
export async function makePasswordReset(
  { now, publicUrl }: Platform,
  tx: PlatformTx,
  { userId, tenantId, madeBy }: Pick<PasswordReset, "tenantId" | "madeBy"> & { userId: string },
): Promise<NewPasswordReset> {
  const { token: secret, tokenSha256 } = newInvitationToken();
  const expiresAt = new Date(now().getTime() + LIMITS.passwordResetMs);
  await putPasswordReset(tx, userId, { tokenSha256, tenantId, madeBy, expiresAt });
  const token = `${userId}.${secret}`;
  const link = `${publicUrl() ?? ""}/password-resets/${token}`;
  return { token, link, expiresAt: expiresAt.toISOString() };
}

import { timingSafeEqual } from "node:crypto";
import { notFound } from "@assay/core";
import { findPasswordReset, type findUser, type lockUser, type PlatformTx } from "@assay/store";
import { invitationTokenSha256 } from "./invitation-token.ts";
import { isResetMeant } from "./password-reset-rule.ts";

/**
 * The person and the reset that a link stands for.
 * @throws AppError `not_found`, in the same words, where it was used, replaced, has expired or is not meant any more.
 */
export async function findGoodReset(
  tx: PlatformTx,
  { token, now, find }: { token: string; now: Date; find: typeof findUser | typeof lockUser },
) {
  const [userId = "", secret = ""] = token.split(".", 2);
  const reset = await findPasswordReset(tx, userId, now);
  const isSame =
    reset !== undefined &&
    timingSafeEqual(Buffer.from(reset.tokenSha256), Buffer.from(invitationTokenSha256(secret)));
  const user = isSame ? await find(tx, userId) : undefined;
  if (!isSame || user === undefined || !(await isResetMeant(tx, { user, reset, now })))
    throw notFound("password reset");
  return { user, reset };
}

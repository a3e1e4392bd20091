import type { PasswordResetOffer } from "@assay/core";
import { findUser } from "@assay/store";
import type { Platform } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findGoodReset } from "./find-good-reset.ts";

export async function getPasswordReset(
  { store, now }: Platform,
  { resetToken }: VerbInput<"getPasswordReset">,
): Promise<PasswordResetOffer> {
  const { user, reset } = await store.readPlatform((tx) =>
    findGoodReset(tx, { token: resetToken, now: now(), find: findUser }),
  );
  return { email: user.email, expiresAt: reset.expiresAt.toISOString() };
}

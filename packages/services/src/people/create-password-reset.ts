import { AppError, type NewPasswordReset, notFound } from "@assay/core";
import { findMembership, insertTenantAudit, lockUser } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { makePasswordReset } from "./make-password-reset.ts";
import { requireResettable } from "./password-reset-rule.ts";

/**
 * A link that gives a member a new password, good once and for a day. It is given to the admin, who passes it on. The
 * route is a PUT, since what is posted with an idempotency key is one transaction of the tenant, and accounts are the
 * platform's.
 */
export async function createPasswordReset(
  context: Context,
  { userId }: VerbInput<"createPasswordReset">,
): Promise<NewPasswordReset> {
  const { platform, tenantInfo } = context;
  const madeBy = actorOf(context);
  return await platform.store.writePlatform(async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === undefined || (await findMembership(tx, userId, tenantInfo.slug)) === undefined)
      throw notFound("member");
    // A stolen session must not become the account.
    if (madeBy === `user:${userId}`)
      throw new AppError(
        "conflict",
        "Change your own password under Account; if you forgot it, ask another admin.",
      );
    await requireResettable(tx, user, tenantInfo.id);
    const made = await makePasswordReset(platform, tx, { userId, tenantId: tenantInfo.id, madeBy });
    const entry = { actor: madeBy, action: "member.reset_password", object: userId };
    await insertTenantAudit(tx, tenantInfo.id, { ...entry, details: { expiresAt: made.expiresAt } });
    return made;
  });
}

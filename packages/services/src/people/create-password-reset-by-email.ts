import { type NewPasswordReset, notFound } from "@assay/core";
import { findUserByEmail, insertPlatformAudit, insertTenantAudit, listMembershipsOf } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { makePasswordReset } from "./make-password-reset.ts";
import { requireResettable } from "./password-reset-rule.ts";

/** The same by an operator, for anybody with a password. Every tenant of the person sees that it was made. */
export async function createPasswordResetByEmail(
  { platform, operatorId }: OperatorContext,
  { email }: VerbInput<"createPasswordResetByEmail">,
): Promise<NewPasswordReset> {
  return await platform.store.writePlatform(async (tx) => {
    const user = await findUserByEmail(tx, email);
    if (user === undefined) throw notFound("person with this e-mail");
    await requireResettable(tx, user, null);
    const madeBy = `operator:${operatorId}`;
    const made = await makePasswordReset(platform, tx, { userId: user.id, tenantId: null, madeBy });
    const entry = { actor: madeBy, action: "member.reset_password", object: user.id };
    const details = { expiresAt: made.expiresAt };
    await insertPlatformAudit(tx, { ...entry, action: "user.reset_password", details });
    for (const { tenant } of await listMembershipsOf(tx, user.id))
      await insertTenantAudit(tx, tenant.id, { ...entry, details });
    return made;
  });
}

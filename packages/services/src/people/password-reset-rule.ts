import { AppError, holdsScope, ROLES } from "@assay/core";
import {
  findInviterRole,
  type findUser,
  isSsoEnforced,
  listMembershipsOf,
  type PasswordReset,
  type PlatformTx,
} from "@assay/store";

type User = NonNullable<Awaited<ReturnType<typeof findUser>>>;

const NOT_OURS =
  "Only the platform's operator can reset this person's password: their account is not this tenant's alone.";

/**
 * Whoever makes a reset can use it: it gives the account away. A tenant's admin may have that of a person who is in
 * this tenant and nowhere else, since nothing is behind it that is not the admin's anyway.
 * @throws AppError `conflict`, `sso_required`
 */
export async function requireResettable(tx: PlatformTx, user: User, tenantId: string | null): Promise<void> {
  if (user.homeTenantId !== "")
    throw new AppError("conflict", "This person signs in by their organisation and has no password here.");
  if (tenantId === null) return;
  const memberships = await listMembershipsOf(tx, user.id);
  const isTheirsAlone = memberships.length === 1 && memberships[0]?.tenant.id === tenantId;
  if (!isTheirsAlone || user.isOperator) throw new AppError("conflict", NOT_OURS);
  if (await isSsoEnforced(tx, tenantId))
    throw new AppError("sso_required", "This tenant lets people in by its identity provider alone.");
}

/** Whether whoever made a reset could still make it. */
export async function isResetMeant(
  tx: PlatformTx,
  { user, reset, now }: { user: User; reset: PasswordReset; now: Date },
): Promise<boolean> {
  const { tenantId, madeBy } = reset;
  const role = await findInviterRole(tx, { tenantId: tenantId ?? "", invitedBy: madeBy, now });
  if (role === undefined || !holdsScope(ROLES[role], "admin")) return false;
  try {
    await requireResettable(tx, user, tenantId);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

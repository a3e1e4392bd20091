import { findKeyIdsMadeFor, listOpenInvitationRows, revokeInvitationRows, type TenantTx } from "@assay/store";

interface Revocation {
  /** Whose act it is, and its name in the audit. */
  actor: string;
  because: string;
  now: Date;
}

/** Takes back what a person has open, by themselves and by the keys they stand behind. */
export async function revokeInvitationsOfMember(
  tx: TenantTx,
  userId: string,
  revocation: Revocation,
): Promise<void> {
  const open = await listOpenInvitationRows(tx, revocation.now);
  const ids = open.flatMap(({ invitedBy }) => (invitedBy.startsWith("key:") ? invitedBy.slice(4) : []));
  const keyIds = await findKeyIdsMadeFor(tx, { userId, ids });
  await revokeMadeBy(tx, [`user:${userId}`, ...keyIds.map((id) => `key:${id}`)], revocation);
}

/** Takes back what these actors have open, each with its entry. */
export async function revokeMadeBy(
  tx: TenantTx,
  actors: readonly string[],
  { actor, because, now }: Revocation,
): Promise<void> {
  const open = await listOpenInvitationRows(tx, now);
  const ids = open.filter(({ invitedBy }) => actors.includes(invitedBy)).map(({ id }) => id);
  for (const row of await revokeInvitationRows(tx, ids, now)) {
    const details = { because, invitedBy: row.invitedBy };
    await tx.audit({ actor, action: "invitation.revoke", object: row.id, details });
  }
}

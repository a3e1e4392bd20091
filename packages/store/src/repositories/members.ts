import type { Role } from "@assay/core";
import { asc, eq, gt } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";

/** By user id; `after` is the user id of the last row of the page before. */
export async function listMemberRows(tx: TenantTx, page: { after?: string; limit: number }) {
  const { memberships } = tx.tables;
  return await tx.select(memberships, {
    where: page.after === undefined ? undefined : gt(memberships.userId, page.after),
    orderBy: [asc(memberships.userId)],
    limit: page.limit,
  });
}

/** All admins, locked: two that lower each other at the same moment must not both find the other one there. */
export async function lockAdmins(tx: TenantTx) {
  const { memberships } = tx.tables;
  return await tx.select(memberships, {
    where: eq(memberships.role, "admin"),
    orderBy: [asc(memberships.userId)],
    lock: true,
  });
}

export async function findMember(tx: TenantTx, userId: string) {
  return await tx.find(tx.tables.memberships, eq(tx.tables.memberships.userId, userId));
}

export async function updateMemberRole(tx: TenantTx, userId: string, role: Role) {
  const { memberships } = tx.tables;
  const [row] = await tx.update(memberships, { role }, eq(memberships.userId, userId));
  return row;
}

export async function deleteMember(tx: TenantTx, userId: string): Promise<boolean> {
  const { memberships } = tx.tables;
  return (await tx.delete(memberships, eq(memberships.userId, userId))).length > 0;
}

import type { Role } from "@assay/core";
import { asc, eq, gt, inArray } from "../drizzle.ts";
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

/** Those of these people that are members. */
export async function findMemberIds(tx: TenantTx, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return [];
  const { memberships } = tx.tables;
  const rows = await tx.select(memberships, { where: inArray(memberships.userId, [...userIds]) });
  return rows.map(({ userId }) => userId);
}

export async function countMembers(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.memberships);
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

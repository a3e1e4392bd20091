import { LIMITS } from "@assay/core";
import { and, desc, eq, gt, inArray, isNull, lt, lte, ne } from "../drizzle.ts";
import type { PlatformTx } from "../platform-tx.ts";
import { insertPlatformAudit } from "./tenants.ts";

/**
 * Leaves the trace of a session that was just opened, and ends this person's oldest where there are too many. Those
 * that a tenant's identity provider opened are counted by themselves: it must not be able to push out any others.
 */
export async function recordOpenedSession(
  tx: PlatformTx,
  opened: { id: string; userId: string; viaTenantId: string | null },
): Promise<void> {
  const { db, tables } = tx.session;
  const { sessions } = tables;
  const { userId, viaTenantId } = opened;
  const ofUser = eq(sessions.userId, userId);
  await db.delete(sessions).where(and(ofUser, lte(sessions.expiresAt, new Date())));
  const alike = and(
    ofUser,
    viaTenantId === null ? isNull(sessions.viaTenantId) : eq(sessions.viaTenantId, viaTenantId),
  );
  const [oldestKept] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(alike)
    .orderBy(desc(sessions.id))
    .limit(1)
    .offset(LIMITS.sessionsPerUserMax - 1);
  if (oldestKept !== undefined) await db.delete(sessions).where(and(alike, lt(sessions.id, oldestKept.id)));
  await insertPlatformAudit(tx, {
    actor: `user:${opened.userId}`,
    action: "session.open",
    object: opened.id,
  });
}

/** Whose sessions are meant: of the session's person, and all of them only for a session by password. */
export interface OwnSession {
  id: string;
  user: { id: string };
  viaTenantId: string | null;
}

/** A tenant's identity provider must neither see nor end sessions that it did not open. */
function sessionsSeenBy({ session: { tables } }: PlatformTx, { user, viaTenantId }: OwnSession) {
  const { sessions } = tables;
  return and(
    eq(sessions.userId, user.id),
    viaTenantId === null ? undefined : eq(sessions.viaTenantId, viaTenantId),
  );
}

/** A person's live sessions, newest first; `after` is the id of the last row of the page before. */
export async function listSessionRows(
  tx: PlatformTx,
  own: OwnSession,
  page: { after?: string; limit: number; now: Date },
) {
  const { db, tables } = tx.session;
  const { sessions, tenants } = tables;
  const rows = await db
    .select()
    .from(sessions)
    .where(
      and(
        sessionsSeenBy(tx, own),
        gt(sessions.expiresAt, page.now),
        page.after === undefined ? undefined : lt(sessions.id, page.after),
      ),
    )
    .orderBy(desc(sessions.id))
    .limit(page.limit);
  const via = rows.flatMap(({ viaTenantId }) => viaTenantId ?? []);
  const named = via.length === 0 ? [] : await db.select().from(tenants).where(inArray(tenants.id, via));
  const slugs = new Map(named.map(({ id, slug }) => [id, slug]));
  return rows.map((row) => ({ ...row, viaSlug: slugs.get(row.viaTenantId ?? "") ?? null }));
}

/** Ends one session of a person; answers whether there was one. */
export async function deleteSession(tx: PlatformTx, own: OwnSession, id: string): Promise<boolean> {
  const { db, tables } = tx.session;
  const { sessions } = tables;
  const deleted = await db
    .delete(sessions)
    .where(and(sessionsSeenBy(tx, own), eq(sessions.id, id)))
    .returning({ id: sessions.id });
  return deleted.length > 0;
}

/** Ends a person's sessions but the one that asks for it; answers the ids of those that ended. */
export async function deleteOtherSessions(tx: PlatformTx, own: OwnSession): Promise<string[]> {
  const { db, tables } = tx.session;
  const { sessions } = tables;
  const deleted = await db
    .delete(sessions)
    .where(and(sessionsSeenBy(tx, own), ne(sessions.id, own.id)))
    .returning({ id: sessions.id });
  return deleted.map(({ id }) => id);
}

/** Ends every session of a person. */
export async function deleteSessionsOf(tx: PlatformTx, userId: string): Promise<void> {
  const { db, tables } = tx.session;
  await db.delete(tables.sessions).where(eq(tables.sessions.userId, userId));
}

/** Whether a session is still there, whatever a cache says. */
export async function hasSession(tx: PlatformTx, id: string): Promise<boolean> {
  const { db, tables } = tx.session;
  return (await db.$count(tables.sessions, eq(tables.sessions.id, id))) > 0;
}

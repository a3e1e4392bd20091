import { notFound } from "@assay/core";
import { deleteSession, insertPlatformAudit } from "@assay/store";
import type { PersonContext } from "../context.ts";

/** Ends one of the person's own sessions, at once in this process and within five seconds everywhere. */
export async function endSession({ platform, session }: PersonContext, sessionId: string): Promise<void> {
  const userId = session.user.id;
  await platform.store.writePlatform(async (tx) => {
    if (!(await deleteSession(tx, session, sessionId))) throw notFound("session");
    await insertPlatformAudit(tx, { actor: `user:${userId}`, action: "session.end", object: sessionId });
  });
  platform.people.sessions.forgetUser(userId);
}

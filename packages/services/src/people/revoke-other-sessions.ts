import { deleteOtherSessions, insertPlatformAudit } from "@assay/store";
import type { PersonContext } from "../context.ts";

export async function revokeOtherSessions({ platform, session }: PersonContext): Promise<undefined> {
  const userId = session.user.id;
  await platform.store.writePlatform(async (tx) => {
    const ended = await deleteOtherSessions(tx, session);
    const details = { sessions: ended.length };
    await insertPlatformAudit(tx, {
      actor: `user:${userId}`,
      action: "session.end_others",
      object: userId,
      details,
    });
  });
  platform.people.sessions.forgetUser(userId);
}

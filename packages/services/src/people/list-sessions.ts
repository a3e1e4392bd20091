import type { Page, SessionRow } from "@assay/core";
import { listSessionRows } from "@assay/store";
import type { PersonContext } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";

export async function listSessions(
  { platform, session }: PersonContext,
  query: VerbInput<"listSessions">,
): Promise<Page<SessionRow>> {
  const page = { ...keysetOf(query), now: platform.now() };
  const rows = await platform.store.readPlatform((tx) => listSessionRows(tx, session, page));
  return pageOfRows({
    query,
    rows,
    cursorOf: (row) => row.id,
    toItem: (row): SessionRow => ({
      id: row.id,
      isCurrent: row.id === session.id,
      via: row.viaSlug,
      ipAddress: row.ipAddress === "" ? null : row.ipAddress,
      userAgent: row.userAgent === "" ? null : row.userAgent,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    }),
  });
}

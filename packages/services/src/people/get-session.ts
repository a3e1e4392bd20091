import type { SessionView } from "@assay/core";
import type { PersonContext } from "../context.ts";
import { sessionView } from "./session-view.ts";

export async function getSession({ platform, session }: PersonContext): Promise<SessionView> {
  return await sessionView(platform, session);
}

import type { PersonContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { endSession } from "./end-session.ts";

export async function revokeSession(
  context: PersonContext,
  { sessionId }: VerbInput<"revokeSession">,
): Promise<undefined> {
  await endSession(context, sessionId);
}

import type { PersonContext } from "../context.ts";
import { endSession } from "./end-session.ts";

/** Ends this session, here and wherever else its cookie was copied to. */
export async function logout(context: PersonContext): Promise<undefined> {
  await endSession(context, context.session.id);
  context.setCookie(context.platform.people.logins.forgetCookie());
}

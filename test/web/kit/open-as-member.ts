import { createClient } from "@assay/client";
import type { Role } from "@assay/core";
import type { Page } from "playwright-core";
import { type LoggedIn, sessionOf } from "../../kit/log-in.ts";
import type { Web } from "./open-web.ts";

export interface Member {
  /** Logged in, in a browser of their own. */
  page: Page;
  /** The same session outside of the browser: what somebody could send who reads the page's cookie. */
  session: LoggedIn;
}

/** Somebody who belongs to one starter tenant alone, by way of an invitation. */
export async function openAsMember(
  web: Web,
  { tenant, role }: { tenant: "airline" | "bank"; role: Role },
): Promise<Member> {
  const { url, keys } = web.server;
  const admin = createClient({ baseUrl: url, key: keys[tenant] });
  const { token } = await admin.createInvitation({ email: `${role}@${tenant}.example`, role });
  const response = await fetch(`${url}/api/invitations/${token}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ name: `${role} of ${tenant}`, password: "four plain words in a row" }),
  });
  const session = sessionOf(response, { origin: url, fetch });
  const page = await web.openPage();
  const [name = "", value = ""] = session.cookie.split(/=(.*)/s);
  await page.context().addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
  return { page, session };
}

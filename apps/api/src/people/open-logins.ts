import { invariant } from "@assay/core";
import type { ClientFacts, LiveSession, Logins, OpenedSession } from "@assay/services";
import { lockPassword, type Store } from "@assay/store";
import { ADDRESS_HEADER } from "./address-header.ts";
import type { createAuth } from "./create-auth.ts";
import type { OwnOrigins } from "./own-origins.ts";

interface LoginParts {
  store: Store;
  /** Signs the cookies. Derived from the platform's secret key, and so neither short nor anybody's default. */
  secret: string;
  origins: OwnOrigins;
}

const SECRET_LENGTH_MIN = 43;
const COOKIE_NAME = "assay_session";

/**
 * People's accounts and sessions by better-auth, which is loaded when the first of them comes: a quarter of a second
 * and 50 MB that a server without people never needs.
 * @throws Error for a secret that could be guessed.
 */
export function openLogins({ store, secret, origins }: LoginParts): Logins {
  if (secret.length < SECRET_LENGTH_MIN) throw new Error("The secret that signs sessions is too short.");
  // `__Host-` makes browsers refuse the cookie from any other host or path, but only over https.
  const cookieName = () => (origins.isSecure() ? `__Host-${COOKIE_NAME}` : COOKIE_NAME);
  let opening: Promise<ReturnType<typeof createAuth>> | undefined;
  const open = () => {
    opening ??= import("./create-auth.ts").then(({ createAuth }) =>
      createAuth({ store, secret, cookie: { name: cookieName(), isSecure: origins.isSecure() } }),
    );
    return opening;
  };

  return {
    hashPassword: async (password) => await (await (await open()).$context).password.hash(password),
    provePassword: async (whose, password) => {
      const context = await (await open()).$context;
      const account = await passwordAccountOf(context.internalAdapter, whose);
      const hash = account?.password;
      if (account === undefined || typeof hash !== "string") {
        await context.password.hash(password);
        return undefined;
      }
      const isRight = await context.password.verify({ hash, password });
      return isRight ? { userId: account.userId, passwordHash: hash } : undefined;
    },
    openSessionByPassword: async (proven, client) => {
      const { api } = await open();
      const body = { userId: proven.userId, viaTenantId: null };
      const opening = { body, headers: headersOf(client), returnHeaders: true } as const;
      const headers = await store.writePlatform(async (tx) =>
        (await lockPassword(tx, proven)) ? (await api.openProvenSession(opening)).headers : undefined,
      );
      return headers && (await openedSession(api, headers));
    },
    openSession: async (body, client) => {
      const { api } = await open();
      const { headers } = await api.openProvenSession({
        body,
        headers: headersOf(client),
        returnHeaders: true,
      });
      const opened = await openedSession(api, headers);
      invariant(opened !== undefined, "a session that was opened is there");
      return opened;
    },
    findSession: async (cookieHeader) => await findSession((await open()).api, cookieHeader),
    forgetCookie: () => {
      const secure = origins.isSecure() ? "; Secure" : "";
      return `${cookieName()}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${secure}`;
    },
    carriesSession: (cookieHeader) => namesOf(cookieHeader).includes(cookieName()),
  };
}

type Api = ReturnType<typeof createAuth>["api"];
type Accounts = Awaited<ReturnType<typeof createAuth>["$context"]>["internalAdapter"];

async function passwordAccountOf(accounts: Accounts, whose: { email: string } | { userId: string }) {
  const found =
    "userId" in whose
      ? await accounts.findAccounts(whose.userId)
      : (await accounts.findUserByEmail(whose.email, { includeAccounts: true }))?.accounts;
  return found?.find(({ providerId }) => providerId === "credential");
}

function namesOf(cookieHeader: string): string[] {
  return cookieHeader.split(";").map((pair) => pair.split("=", 1)[0]?.trim() ?? "");
}

/** Only what we say ourselves: better-auth sees no header that a request brought. */
function headersOf({ address, userAgent }: ClientFacts): Headers {
  const headers = new Headers();
  if (address !== null) headers.set(ADDRESS_HEADER, address);
  if (userAgent !== null) headers.set("user-agent", userAgent);
  return headers;
}

/** Reads back what was just set, as the next request will. */
async function openedSession(api: Api, headers: Headers): Promise<OpenedSession | undefined> {
  const [setCookie = ""] = headers.getSetCookie();
  const session = await findSession(api, setCookie.split(";", 1)[0] ?? "");
  return session && { session, setCookie };
}

async function findSession(api: Api, cookie: string): Promise<LiveSession | undefined> {
  const found = await api.getSession({ headers: new Headers({ cookie }) });
  if (found === null) return undefined;
  const { session, user } = found;
  return {
    id: session.id,
    user: { id: user.id, email: user.email, name: user.name, isOperator: user.isOperator === true },
    viaTenantId: session.viaTenantId ?? null,
    expiresAt: session.expiresAt,
  };
}

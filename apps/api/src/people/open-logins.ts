import { AppError, invariant } from "@assay/core";
import type { ClientFacts, LiveSession, Logins, OpenedSession } from "@assay/services";
import type { Store } from "@assay/store";
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
    signIn: async (credentials, client) => {
      const { api } = await open();
      const { headers, response } = await api
        .signInEmail({ body: credentials, headers: headersOf(client), returnHeaders: true })
        .catch(undefinedIfWrong);
      return response && (await openedSession(api, headers));
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
    verifyPassword: async (userId, password) => {
      const { internalAdapter, password: passwords } = await (await open()).$context;
      const accounts = await internalAdapter.findAccounts(userId);
      const hash = accounts.find(({ providerId }) => providerId === "credential")?.password;
      return typeof hash === "string" && (await passwords.verify({ hash, password }));
    },
    forgetCookie: () => {
      const secure = origins.isSecure() ? "; Secure" : "";
      return `${cookieName()}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${secure}`;
    },
    carriesSession: (cookieHeader) => namesOf(cookieHeader).includes(cookieName()),
  };
}

type Api = ReturnType<typeof createAuth>["api"];

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

/** A wrong password is an answer; what else went wrong is not. */
function undefinedIfWrong(error: unknown): { headers: Headers; response: undefined } {
  if (error instanceof AppError) throw error;
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  if (statusCode !== 401 && statusCode !== 400) throw error;
  return { headers: new Headers(), response: undefined };
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

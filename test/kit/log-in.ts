/** Somebody who is logged in: what a browser sends along. */
export interface LoggedIn {
  /** The `Cookie` header. */
  cookie: string;
  /** Headers of a request in a tenant, or of one that needs none. */
  headers(tenant?: string): Record<string, string>;
  /** Asks as this person, in a tenant unless it is left out. */
  fetch(tenant?: string): typeof fetch;
}

/** The session that an answer opened, as the browser at `origin` would keep it. */
export function sessionOf(response: Response, at: { origin: string; fetch: typeof fetch }): LoggedIn {
  const [line] = response.headers.getSetCookie();
  const cookie = line?.split(";", 1)[0];
  if (cookie === undefined) throw new Error(`the answer ${response.status} opened no session`);
  const headers = (tenant?: string) => ({
    cookie,
    origin: at.origin,
    ...(tenant !== undefined && { "assay-tenant": tenant }),
  });
  return {
    cookie,
    headers,
    fetch: (tenant) => (input, init) => {
      const merged = new Headers(init?.headers);
      for (const [name, value] of Object.entries(headers(tenant))) merged.set(name, value);
      return at.fetch(new URL(String(input), at.origin), { ...init, headers: merged });
    },
  };
}

/** Logs a person in, at a started server (`fetch` is the global one) or inside an application. */
export async function logIn(
  at: { origin: string; fetch: typeof fetch },
  credentials: { email: string; password: string },
): Promise<LoggedIn> {
  const response = await at.fetch(new URL("/api/login", at.origin), {
    method: "POST",
    headers: { "content-type": "application/json", origin: at.origin },
    body: JSON.stringify(credentials),
  });
  if (!response.ok) throw new Error(`log-in answered ${response.status}: ${await response.text()}`);
  return sessionOf(response, at);
}

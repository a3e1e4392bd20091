/** Where a request came from, as it is shown to the person whose session it opens. */
export interface ClientFacts {
  /** The address of the other end of the socket; null inside another process. */
  address: string | null;
  userAgent: string | null;
}

/** A session that is open now, with the person it belongs to. */
export interface LiveSession {
  id: string;
  user: { id: string; email: string; name: string; isOperator: boolean };
  /** The tenant whose identity provider vouched for it; null for a password. */
  viaTenantId: string | null;
  expiresAt: Date;
}

/** A session that was opened just now, and the cookie that carries it. */
export interface OpenedSession {
  session: LiveSession;
  setCookie: string;
}

/** A password that was somebody's when it was looked at; whoever acts on it asks once more whether it still is. */
export interface ProvenPassword {
  userId: string;
  passwordHash: string;
}

/**
 * People's accounts, passwords and sessions. The implementation writes by the store's platform transactions, and so
 * joins one that it is called in.
 */
export interface Logins {
  /** Takes 0.1 s of a processor, as `provePassword` does: who calls them for others takes a turn first. */
  hashPassword(password: string): Promise<string>;
  /** Undefined for an unknown person as for a wrong password, after the same work. */
  provePassword(
    whose: { email: string } | { userId: string },
    password: string,
  ): Promise<ProvenPassword | undefined>;
  /** Undefined where the person has another password by now. */
  openSessionByPassword(proven: ProvenPassword, client: ClientFacts): Promise<OpenedSession | undefined>;
  /** Opens a session for somebody who has proven to be this person in another way. */
  openSession(
    proven: { userId: string; viaTenantId: string | null },
    client: ClientFacts,
  ): Promise<OpenedSession>;
  /** The session that a request's `Cookie` header carries; undefined for none that is signed by us and live. */
  findSession(cookieHeader: string): Promise<LiveSession | undefined>;
  /** The `Set-Cookie` line that makes a browser forget its session. */
  forgetCookie(): string;
  /** Whether a `Cookie` header carries something under the session's name, be it good or not. */
  carriesSession(cookieHeader: string): boolean;
}

import { AsyncLocalStorage } from "node:async_hooks";
import { invariant } from "@assay/core";
import type { Access, Actor } from "./database.ts";
import type { Session } from "./session.ts";

/** A joined transaction must act for the same tenant, or one tenant's work could run under another's name. */
function isSameActor(a: Actor, b: Actor): boolean {
  return a.kind === "tenant" && b.kind === "tenant" ? a.tenantId === b.tenantId : a.kind === b.kind;
}

const writing = new AsyncLocalStorage<Session>();

/**
 * To be asked before work that waits for anything but the database: within a write it would hold up every other one of
 * SQLite's, and a connection of Postgres's.
 */
export function assertOutsideWrite(): void {
  invariant(writing.getStore()?.isOpen !== true, "work that takes long is not done within a write");
}

/** Knows the unit of work that code runs in, so that a nested one joins it. */
export class SessionScope {
  readonly #current = new AsyncLocalStorage<Session>();

  /** Joins the present unit of work with `work`, or answers undefined where there is none to join. */
  join<R>(wanted: { actor: Actor; access: Access }, work: (session: Session) => Promise<R>) {
    const outer = this.#current.getStore();
    // Work that a finished transaction left behind runs in none.
    if (outer?.isOpen !== true) return undefined;
    return joinSession(outer, wanted, work);
  }

  /** Runs `work` as a unit of its own on `session`, whose end it is. Throws what made the session unsound. */
  async run<R>(session: Session, work: (session: Session) => Promise<R>): Promise<R> {
    try {
      const unit = () => this.#current.run(session, () => work(session));
      const result = await (session.access === "write" ? writing.run(session, unit) : unit());
      session.assertSound();
      return result;
    } finally {
      session.end();
    }
  }
}

async function joinSession<R>(
  outer: Session,
  { actor, access }: { actor: Actor; access: Access },
  work: (session: Session) => Promise<R>,
): Promise<R> {
  invariant(isSameActor(outer.actor, actor), "a transaction is joined by another actor");
  invariant(access === "read" || outer.access === "write", "a write is nested in a read");
  try {
    return await work(outer);
  } catch (error) {
    // Half of a write must not be committed by an outer one that caught the error.
    if (access === "write") outer.fail(error);
    throw error;
  }
}

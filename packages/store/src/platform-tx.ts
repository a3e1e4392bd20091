import { invariant } from "@assay/core";
import type { Session } from "./session.ts";

/**
 * A transaction of the platform itself: it sees every tenant's rows. Only the functions under platform/ open it, and
 * what they do with tenants' rows is listed there: find a key by its public id, claim a job, remove a tenant.
 */
export class PlatformTx {
  readonly session: Session;

  constructor(session: Session) {
    invariant(session.actor.kind === "platform", "only the platform sees every tenant's rows");
    this.session = session;
  }
}

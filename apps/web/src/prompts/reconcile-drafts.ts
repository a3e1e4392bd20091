import type { KeptDraft } from "@assay/core";

/** What this browser keeps of somebody's draft: the first line, which needs no server. */
export interface LocalDraft {
  baseVersion: number | null;
  body: string;
  /** Of the server's draft that this one goes on from; null where the server has had none of it. */
  revision: number | null;
  /** Does the server have this very text? */
  isSynced: boolean;
  savedAt: string;
}

export interface DraftChoice {
  baseVersion: number | null;
  body: string;
  from: "browser" | "server";
  savedAt: string;
}

export interface Reconciled {
  /** What to go on with; null for the newest version as it is. */
  start: DraftChoice | null;
  /** Another text of the same person that must not get lost: theirs to take or to leave. */
  other: DraftChoice | null;
}

/**
 * The draft to go on with, of what the browser and the server kept. The newer one wins and the other is offered, unless
 * one of them is known to have come of the other.
 */
export function reconcileDrafts(local: LocalDraft | null, server: KeptDraft | null): Reconciled {
  const ofBrowser = local && choiceOf(local);
  const ofServer = server && choiceOfServer(server);
  if (local === null || ofBrowser === null) return { start: ofServer, other: null };
  if (server === null || ofServer === null) {
    // A text that the server had and has no more became a version or was discarded, in another window.
    return { start: local.isSynced ? null : ofBrowser, other: null };
  }
  // What was read of the server can be older than what this browser has sent it since.
  if (local.isSynced && (local.revision ?? 0) > server.revision) return { start: ofBrowser, other: null };
  if (local.isSynced || local.body === server.body) return { start: ofServer, other: null };
  if (local.revision === server.revision) return { start: ofBrowser, other: null };
  return Date.parse(local.savedAt) >= Date.parse(server.updatedAt)
    ? { start: ofBrowser, other: ofServer }
    : { start: ofServer, other: ofBrowser };
}

function choiceOf({ baseVersion, body, savedAt }: LocalDraft): DraftChoice {
  return { baseVersion, body, savedAt, from: "browser" };
}

function choiceOfServer({ baseVersion, body, updatedAt }: KeptDraft): DraftChoice {
  return { baseVersion, body, savedAt: updatedAt, from: "server" };
}

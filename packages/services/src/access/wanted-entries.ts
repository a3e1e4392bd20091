import type { VerbInput } from "../verb.ts";

/** Which entries of the audit log are asked for, in the store's terms. */
export function wantedEntries({ actor, action, prompt, since, until }: VerbInput<"exportAudit">) {
  return {
    actor,
    actionPrefix: action,
    prompt,
    since: since === undefined ? undefined : new Date(since),
    until: until === undefined ? undefined : new Date(until),
  };
}

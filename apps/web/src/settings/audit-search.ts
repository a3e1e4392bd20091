import { onlySaid, searchText } from "../shell/search-value.ts";

/** Beginnings of actions' names, in the order that people ask for them. */
export const AUDIT_KINDS = [
  "label.",
  "change.",
  "gate.",
  "prompt",
  "dataset",
  "suite.",
  "run.",
  "annotation",
  "trace_settings.",
  "model.",
  "adapter",
  "key.",
  "member.",
  "invitation.",
  "connection.",
  "identity_provider.",
] as const;

export interface AuditSearch {
  actor?: string;
  action?: string;
  prompt?: string;
  /** Days as the reader's calendar has them, both included. */
  from?: string;
  to?: string;
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  return onlySaid({
    actor: searchText(search.actor, 100),
    action: searchText(search.action, 60),
    prompt: searchText(search.prompt, 64),
    from: dayIn(search.from),
    to: dayIn(search.to),
  });
}

function dayIn(value: unknown): string | undefined {
  const isDay = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return isDay && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** The same as the server is asked. */
export function auditQuery({ from, to, ...rest }: AuditSearch) {
  return onlySaid({
    ...rest,
    since: from === undefined ? undefined : new Date(`${from}T00:00:00`).toISOString(),
    until: to === undefined ? undefined : new Date(`${to}T23:59:59.999`).toISOString(),
  });
}

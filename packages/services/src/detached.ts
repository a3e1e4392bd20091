/**
 * A copy of what was cut from longer texts. A part of a text holds all of it in memory, so that a page of beginnings
 * would hold everything they begin.
 */
export function detached<T extends object>(parts: T): T {
  return JSON.parse(JSON.stringify(parts)) as T;
}

/** A path of this server and never another's: a link to the log-in must not lead elsewhere afterwards. */
export function ownPath(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : undefined;
}

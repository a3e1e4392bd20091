const HERE = "http://own.invalid";

/**
 * A path of this server and never another's: a link to the log-in must not lead elsewhere afterwards. Browsers drop
 * tabs and line ends from addresses and read a backslash as a slash, so neither is admitted at all.
 */
export function ownPath(value: unknown): string | undefined {
  if (typeof value !== "string" || !value.startsWith("/")) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
  if (/[\u0000-\u001f\u007f\\]/.test(value)) return undefined;
  return URL.canParse(value, HERE) && new URL(value, HERE).origin === HERE ? value : undefined;
}

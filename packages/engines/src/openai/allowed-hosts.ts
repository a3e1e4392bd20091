interface HostPattern {
  protocol: "http:" | "https:";
  /** As the URL parser spells it; for a wildcard the part after `*`, with its dot. */
  hostname: string;
  port: string;
  wildcard: boolean;
}

/**
 * May a request go to `url`? Patterns are the operator's:
 * `api.openai.com` (https, port 443), `*.openai.azure.com` (any name below it, not itself), `host:8443`, and in full
 * `http://127.0.0.1:8000`, the only way to allow plain http. An IP address is allowed by naming it. A pattern that
 * cannot be read allows nothing. The host is compared as the URL parser spells it, which is how `fetch` will read it: decimal, octal, hex
 * and mapped addresses therefore count as the addresses they are.
 */
export function hostIsAllowed(url: string, patterns: readonly string[]): boolean {
  // The parser drops tabs and line breaks and turns \ into /: what a reader sees is then not where it goes.
  if (!/^https?:\/\/[^\s/\\?#@]+(?:[/?#][^\s\\]*)?$/i.test(url) || hasControlCharacter(url)) return false;
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== "" || parsed.password !== "") return false;
  const { protocol, hostname, port } = parsed;
  if (hostname.split(".").includes("")) return false;
  return patterns.some((text) => {
    const pattern = readPattern(text);
    if (pattern === undefined || pattern.protocol !== protocol || pattern.port !== port) return false;
    if (!pattern.wildcard) return pattern.hostname === hostname;
    return !isIpLiteral(hostname) && hostname.endsWith(pattern.hostname);
  });
}

/** Is the host of an allowed `url` one that the operator named in full, and not just by a wildcard? */
export function hostIsNamed(url: string, patterns: readonly string[]): boolean {
  const isNamed = (text: string) => readPattern(text)?.wildcard === false;
  return hostIsAllowed(url, patterns.filter(isNamed));
}

function readPattern(text: string): HostPattern | undefined {
  const explicit = /^(https?):\/\//.exec(text);
  const authority = explicit ? text.slice(explicit[0].length) : text;
  if (authority === "" || /[\s\\/@?#]/.test(authority)) return undefined;
  const wildcard = authority.startsWith("*.");
  const parsed = URL.parse(`${explicit?.[1] ?? "https"}://${wildcard ? authority.slice(2) : authority}`);
  if (parsed === null || parsed.hostname.includes("*") || parsed.hostname.endsWith(".")) return undefined;
  const protocol = parsed.protocol === "http:" ? "http:" : "https:";
  if (!wildcard) return { protocol, hostname: parsed.hostname, port: parsed.port, wildcard };
  if (isIpLiteral(parsed.hostname)) return undefined;
  return { protocol, hostname: `.${parsed.hostname}`, port: parsed.port, wildcard };
}

function isIpLiteral(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character.charCodeAt(0) < 0x20 || character.charCodeAt(0) === 0x7f);
}

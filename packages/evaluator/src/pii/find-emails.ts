import type { Span } from "./span.ts";

/** RFC 5321, 4.5.3.1: a local part has 64 octets at most, a domain 255. */
const LOCAL_MAX = 64;
const DOMAIN_MAX = 255;
const LOCAL_CHARACTER = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]/u;
const DOMAIN_CHARACTER = /[\p{L}\p{N}.-]/u;
const DOMAIN =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(?:\p{L}{2,63}|xn--[a-z0-9-]{1,59})$/iu;

/** E-mail addresses: unquoted local parts before an @ and a domain that has a top level. */
export function findEmails(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const span = spanAround(text, at);
    if (span !== undefined) spans.push(span);
  }
  return spans;
}

/** Looks no further than an address may reach, so that a text of nothing but @ takes linear time. */
function spanAround(text: string, at: number): Span | undefined {
  let start = at;
  while (start > 0 && at - start < LOCAL_MAX && LOCAL_CHARACTER.test(text.charAt(start - 1))) start--;
  while (start < at && /[.'`{|/=]/.test(text.charAt(start))) start++;
  let end = at + 1;
  while (end < text.length && end - at <= DOMAIN_MAX && DOMAIN_CHARACTER.test(text.charAt(end))) end++;
  while (end > at + 1 && /[.-]/.test(text.charAt(end - 1))) end--;
  const isAddress = start < at && text.charAt(at - 1) !== "." && DOMAIN.test(text.slice(at + 1, end));
  return isAddress ? { start, end } : undefined;
}

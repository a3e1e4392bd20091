import { type Span, standsAlone } from "./span.ts";

/** Beginnings that issuers of keys have published, each with the fewest characters that follow it. */
const PREFIXES: readonly (readonly [prefix: string, more: number])[] = [
  ["sk-", 20],
  ["sk_live_", 16],
  ["sk_test_", 16],
  ["rk_live_", 16],
  ["pk_live_", 16],
  ["whsec_", 24],
  ["ghp_", 36],
  ["gho_", 36],
  ["ghu_", 36],
  ["ghs_", 36],
  ["ghr_", 36],
  ["github_pat_", 40],
  ["glpat-", 20],
  ["AKIA", 16],
  ["ASIA", 16],
  ["AIza", 35],
  ["ya29.", 20],
  ["xoxb-", 20],
  ["xoxp-", 20],
  ["xoxa-", 20],
  ["xapp-", 20],
  ["hf_", 30],
  ["npm_", 36],
  ["pypi-", 40],
  ["SG.", 40],
  ["dop_v1_", 40],
  ["shpat_", 32],
  ["gsk_", 40],
  ["xai-", 40],
  ["r8_", 36],
  ["ask_", 24],
];
const KEY_LENGTH_MAX = 512;
const PREFIXED = new RegExp(
  `(?:${PREFIXES.map(([prefix]) => prefix.replace(".", "\\.")).join("|")})[A-Za-z0-9_.-]{16,${KEY_LENGTH_MAX}}`,
  "g",
);
/** Begins where no token is running already, so that a run of beginnings is read once. */
const WEB_TOKEN =
  /(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{16,4096}/g;
const PRIVATE_KEY = /-----BEGIN (?:[A-Z]{1,12} ){0,2}PRIVATE KEY-----/g;
const PRIVATE_KEY_END = /-----END (?:[A-Z]{1,12} ){0,2}PRIVATE KEY-----/g;
/** A value that a text itself calls a secret. */
const NAMED =
  /(?:api[-_ ]?key|access[-_ ]?key|secret|token|passwd|password|bearer)["']?(?: is|:|=)?\s{0,3}["']?([A-Za-z0-9_+/=.~-]{20,512})/gi;

/** Shannon entropy in bits a character, below which a key is a placeholder such as sk-xxxxxxxx. */
const PREFIXED_ENTROPY_MIN = 3;
const NAMED_ENTROPY_MIN = 3.5;

/** Keys of known makers, web tokens, private keys, and what a text calls a key when it is as random as one. */
export function findApiKeys(text: string): Span[] {
  return [...prefixedKeys(text), ...spansOf(text, WEB_TOKEN), ...privateKeys(text), ...namedKeys(text)];
}

function spansOf(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

function prefixedKeys(text: string): Span[] {
  return spansOf(text, PREFIXED).flatMap(({ start, end }) => {
    const key = text.slice(start, end).replace(/[.-]+$/, "");
    const known = PREFIXES.find(([prefix]) => key.startsWith(prefix));
    const secret = key.slice(known?.[0].length ?? 0);
    const span = { start, end: start + key.length };
    const isKey = secret.length >= (known?.[1] ?? 0) && entropy(secret) >= PREFIXED_ENTROPY_MIN;
    return isKey && standsAlone(text, span) ? [span] : [];
  });
}

/** To the end of the key, or of the text where it was cut off. */
function privateKeys(text: string): Span[] {
  const spans: Span[] = [];
  for (const { index, 0: head } of text.matchAll(PRIVATE_KEY)) {
    if (index < (spans.at(-1)?.end ?? 0)) continue;
    PRIVATE_KEY_END.lastIndex = index + head.length;
    const tail = PRIVATE_KEY_END.exec(text);
    spans.push({ start: index, end: tail === null ? text.length : tail.index + tail[0].length });
  }
  return spans;
}

function namedKeys(text: string): Span[] {
  return [...text.matchAll(NAMED)].flatMap(({ index, 0: found, 1: value = "" }) => {
    const isRandom = /\d/.test(value) && /[A-Za-z]/.test(value) && entropy(value) >= NAMED_ENTROPY_MIN;
    const end = index + found.length;
    return isRandom ? [{ start: end - value.length, end }] : [];
  });
}

/** −Σ p·log2 p over the characters of `text` (Shannon 1948), in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}

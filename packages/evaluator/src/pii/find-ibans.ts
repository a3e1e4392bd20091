import { type Span, standsAlone } from "./span.ts";

/** Length by country: SWIFT, IBAN Registry (ISO 13616), release 97. */
const LENGTHS =
  "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";
const LENGTH_OF = new Map(LENGTHS.split(" ").map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]));

const START = /[A-Z]{2}\d{2}/g;

/** Account numbers with their country's length and a checksum that holds, written in one piece or in groups. */
export function findIbans(text: string): Span[] {
  const upper = text.toUpperCase();
  // Some letters grow when they are made upper case; positions would no longer be those of the text.
  const searched = upper.length === text.length ? upper : text;
  return [...searched.matchAll(START)].flatMap(({ index, 0: head }) => {
    const length = LENGTH_OF.get(head.slice(0, 2));
    if (length === undefined) return [];
    const read = readCompact(searched, index, length);
    if (read === undefined || !hasChecksum(read.compact)) return [];
    const span = { start: index, end: read.end };
    return standsAlone(text, span) ? [span] : [];
  });
}

/** `length` letters and digits from `start` on, with at most one blank or hyphen between two of them. */
function readCompact(
  text: string,
  start: number,
  length: number,
): { compact: string; end: number } | undefined {
  let compact = "";
  let end = start;
  while (compact.length < length) {
    const character = text.charAt(end);
    if (/[A-Z0-9]/.test(character)) compact += character;
    else if (!/[ \u00a0-]/.test(character) || !/[A-Z0-9]/.test(text.charAt(end - 1))) return undefined;
    end++;
  }
  return { compact, end };
}

/** ISO 7064, MOD 97-10: the first four characters last, letters as 10 to 35, the remainder must be 1. */
function hasChecksum(compact: string): boolean {
  const digits = [...(compact.slice(4) + compact.slice(0, 4))].map((character) =>
    Number.parseInt(character, 36),
  );
  return digits.reduce((rest, digit) => (rest * (digit > 9 ? 100 : 10) + digit) % 97, 0) === 1;
}

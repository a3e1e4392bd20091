import type { PiiKind } from "@assay/core";
import type { CountryCode } from "libphonenumber-js";
import { findApiKeys } from "./find-api-keys.ts";
import { findCards } from "./find-cards.ts";
import { findEmails } from "./find-emails.ts";
import { findIbans } from "./find-ibans.ts";
import { findPesels } from "./find-pesels.ts";
import { findPhones } from "./find-phones.ts";
import type { Span } from "./span.ts";

/** One find: `text.slice(start, end)` is it, in UTF-16 code units. */
export interface PiiFind extends Span {
  kind: PiiKind;
}

export interface PiiSearch {
  /** Country whose phone numbers are recognised without a country code as well; there are many false finds then. */
  phoneCountry?: CountryCode | undefined;
}

/**
 * Personal data and secrets in a text, in order of position, never overlapping. Every recogniser checks more than
 * shape where the thing has a check: Luhn for cards, mod 97 for IBANs, the checksum for PESELs, the numbering plan for
 * phones, entropy for keys. Names and addresses are not recognised: that takes a model. Linear in the text.
 */
export function findPii(text: string, { phoneCountry }: PiiSearch = {}): PiiFind[] {
  // Where two claim the same place the earlier in this list has it.
  const found: [PiiKind, Span[]][] = [
    ["api-key", findApiKeys(text)],
    ["email", findEmails(text)],
    ["iban", findIbans(text)],
    ["card", findCards(text)],
    ["pesel", findPesels(text)],
    ["phone", findPhones(text, phoneCountry)],
  ];
  return withoutOverlaps(
    found.flatMap(([kind, spans], rank) => spans.map((span) => ({ kind, ...span, rank }))),
    text.length,
  );
}

interface Ranked extends PiiFind {
  rank: number;
}

function withoutOverlaps(finds: readonly Ranked[], length: number): PiiFind[] {
  const taken = new Uint8Array(length);
  const kept: PiiFind[] = [];
  for (const { kind, start, end } of finds.toSorted((a, b) => a.rank - b.rank || a.start - b.start)) {
    if (taken.subarray(start, end).includes(1)) continue;
    taken.fill(1, start, end);
    kept.push({ kind, start, end });
  }
  return kept.sort((a, b) => a.start - b.start);
}

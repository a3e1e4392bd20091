import { type Span, standsAlone } from "./span.ts";

/** Issuers' first digits with the lengths in use: Amex, Diners, JCB, Visa, Mastercard, Discover and UnionPay. */
const ISSUER =
  /^(?:3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|4(?:\d{12}|\d{15}|\d{18})|5[0-9]\d{14}|2[2-7]\d{14}|6\d{15,18})$/;
const RUN = /\d(?:[ -]?\d){12,18}/g;

/** Payment cards: an issuer's digits in one piece or in groups, whose Luhn checksum holds (ISO/IEC 7812-1, annex B). */
export function findCards(text: string): Span[] {
  return [...text.matchAll(RUN)].flatMap(({ index, 0: run }) => {
    const span = { start: index, end: index + run.length };
    const digits = run.replace(/\D/g, "");
    return ISSUER.test(digits) && hasLuhn(digits) && standsAlone(text, span) ? [span] : [];
  });
}

/** From the right every second digit is doubled, 9 less where that has two digits; the sum is a multiple of ten. */
function hasLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits.charAt(digits.length - 1 - place));
    const doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += place % 2 === 0 ? digit : doubled;
  }
  return sum % 10 === 0;
}

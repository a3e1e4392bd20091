import { type CountryCode, findPhoneNumbersInText } from "libphonenumber-js";
import { type Span, standsAlone } from "./span.ts";

/** 7 to 17 digits in groups: E.164 allows 15, and two more may be an extension or the number after it. */
const INTERNATIONAL = /\+(?:[ ()./-]{0,2}\d){7,17}/g;
const NATIONAL = /(?:\(0?)?\d(?:[ ()./-]{0,2}\d){6,16}/g;

/** Phone numbers that a numbering plan knows: with a country code, or without one those of `country`. */
export function findPhones(text: string, country?: CountryCode): Span[] {
  return [
    ...phonesAt(text, INTERNATIONAL),
    ...(country === undefined ? [] : phonesAt(text, NATIONAL, country)),
  ];
}

/** The library looks at short candidates only: on a whole text it may take seconds. */
function phonesAt(text: string, candidates: RegExp, country?: CountryCode): Span[] {
  return [...text.matchAll(candidates)].flatMap(({ index, 0: candidate }) => {
    const span = phoneIn(candidate, index, country);
    return span !== undefined && standsAlone(text, span) ? [span] : [];
  });
}

/** The number that the candidate begins with: what follows it in digits may belong to something else. */
function phoneIn(candidate: string, start: number, country: CountryCode | undefined): Span | undefined {
  const options = { v2: true as const, ...(country !== undefined && { defaultCountry: country }) };
  for (let end = candidate.length; end > 0; end = candidate.slice(0, end).search(/[ ()./-]+\d+$/)) {
    const [found] = findPhoneNumbersInText(candidate.slice(0, end), options);
    if (found !== undefined) return { start: start + found.startsAt, end: start + found.endsAt };
  }
  return undefined;
}

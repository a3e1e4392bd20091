import { type Span, standsAlone } from "./span.ts";

const ELEVEN = /\d{11}/g;
const WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];

/** Polish personal numbers: a date of birth with its century in the month, and a checksum that holds (Act of 24 September 2010 on population records, art. 15). */
export function findPesels(text: string): Span[] {
  return [...text.matchAll(ELEVEN)].flatMap(({ index, 0: digits }) => {
    const span = { start: index, end: index + digits.length };
    return hasChecksum(digits) && hasBirthday(digits) && standsAlone(text, span) ? [span] : [];
  });
}

function hasChecksum(digits: string): boolean {
  return WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(digits.charAt(place)), 0) % 10 === 0;
}

/** 80, 0, 20, 40 or 60 is added to the month for the 1800s, 1900s, 2000s, 2100s and 2200s. */
function hasBirthday(digits: string): boolean {
  const [year, month, day] = [0, 2, 4].map((place) => Number(digits.slice(place, place + 2))) as [
    number,
    number,
    number,
  ];
  const century = [1900, 2000, 2100, 2200, 1800][Math.floor(month / 20)] ?? 1900;
  const date = new Date(Date.UTC(century + year, (month % 20) - 1, day));
  return date.getUTCMonth() === (month % 20) - 1 && date.getUTCDate() === day;
}

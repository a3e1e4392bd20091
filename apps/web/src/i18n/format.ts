import { useTranslation } from "react-i18next";

const MICROS = 1_000_000;
/** Less money than this is not told to the digit. */
const SMALLEST_MICROS = 100;
const CENT_MICROS = 10_000;
const MINUS = "−";
const RELATIVE_STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
];
const RELATIVE_DAYS_MAX = 14;

/** How numbers and times are written, in the chosen language. */
export interface Format {
  integer(value: number): string;
  /** 0.8734 → "87.3 %". */
  percent(share: number, digits?: number): string;
  /** A score or a difference of scores, 0..1 → "0.873". */
  score(value: number): string;
  /** With its sign, for differences. */
  signed(value: number): string;
  /** Milliseconds → "840 ms" or "1.2 s". */
  duration(ms: number): string;
  /** Micro-units of money, in which all costs are kept. Null is not known, and not nothing. */
  cost(micros: number | null): string;
  /** The same for a sum of many: less than a cent nobody pays, and more digits say nothing. */
  costToCent(micros: number | null): string;
  /** What a thousand of something cost: one costs so little that nobody can read it. */
  costOfThousand(microsEach: number | null): string;
  /** A difference with its sign, of what `show` writes. */
  difference(value: number, show: (size: number) => string): string;
  bytes(count: number): string;
  date(iso: string): string;
  dateTime(iso: string): string;
  /** "3 hours ago"; a date when it is longer ago than two weeks. */
  ago(iso: string): string;
}

const made = new Map<string, Format>();

export function formatIn(language: string): Format {
  const known = made.get(language);
  if (known !== undefined) return known;
  const format = makeFormat(language);
  made.set(language, format);
  return format;
}

export function useFormat(): Format {
  return formatIn(useTranslation().i18n.language);
}

function makeFormat(language: string): Format {
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options);
  const integer = number({ maximumFractionDigits: 0 });
  const score = number({ minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const signed = number({ minimumFractionDigits: 3, maximumFractionDigits: 3, signDisplay: "exceptZero" });
  const milliseconds = number({ style: "unit", unit: "millisecond", maximumFractionDigits: 0 });
  const seconds = number({ style: "unit", unit: "second", maximumFractionDigits: 1 });
  const money = number({ style: "currency", currency: "USD", maximumSignificantDigits: 3 });
  const gigabytes = number({ style: "unit", unit: "gigabyte", maximumFractionDigits: 1 });
  const megabytes = number({ style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
  const kilobytes = number({ style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const costFrom = (smallestMicros: number) => (micros: number | null) => {
    if (micros === null) return "–";
    const size = Math.abs(micros);
    if (size > 0 && size < smallestMicros) return `< ${money.format(smallestMicros / MICROS)}`;
    return withMinus(money.format(micros / MICROS));
  };
  const cost = costFrom(SMALLEST_MICROS);
  return {
    integer: (value) => withMinus(integer.format(value)),
    percent: (share, digits = 1) =>
      withMinus(number({ style: "percent", maximumFractionDigits: digits }).format(share)),
    score: (value) => withMinus(score.format(value)),
    signed: (value) => withMinus(signed.format(value)),
    difference: (value, show) => `${value < 0 ? MINUS : value > 0 ? "+" : ""}${show(Math.abs(value))}`,
    duration: (ms) => (ms < 1_000 ? milliseconds.format(ms) : seconds.format(ms / 1_000)),
    cost,
    costToCent: costFrom(CENT_MICROS),
    costOfThousand: (microsEach) => cost(microsEach === null ? null : microsEach * 1_000),
    bytes: (count) => {
      if (count < 1e6) return kilobytes.format(count / 1e3);
      return count < 1e9 ? megabytes.format(count / 1e6) : gigabytes.format(count / 1e9);
    },
    date: (iso) => date.format(new Date(iso)),
    dateTime: (iso) => dateTime.format(new Date(iso)),
    ago: (iso) => {
      const elapsedMs = Date.parse(iso) - Date.now();
      if (Math.abs(elapsedMs) > RELATIVE_DAYS_MAX * 86_400_000) return date.format(new Date(iso));
      const [unit, unitMs] = RELATIVE_STEPS.find(([, ms]) => Math.abs(elapsedMs) >= ms) ?? ["second", 1_000];
      return relative.format(Math.round(elapsedMs / unitMs), unit);
    },
  };
}

/** English writes a hyphen, which is shorter than a plus and breaks off at the end of a line. */
function withMinus(text: string): string {
  return text.replaceAll("-", MINUS);
}

import { AppError, LIMITS } from "@assay/core";
import { RE2JS, RE2JSException } from "re2js";
import { BoundedCache } from "./bounded-cache.ts";

/** A regular expression whose time grows linearly with the text, whoever wrote it. */
export interface LinearRegex {
  /** Does the pattern occur anywhere in `text`? */
  test(text: string): boolean;
  /** Steps a search of `text` may take at most; what a caller holds against a budget. */
  stepsMax(text: string): number;
}

/** What one score or one validation may spend on searching; the worst patterns known take about 0.1 µs a step. */
export const REGEX_STEPS_MAX = 10_000_000;

const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

const compiled = new BoundedCache<LinearRegex>(1_000_000);

/**
 * Compiles a pattern for RE2, which reads JavaScript's syntax without what makes backtracking possible: look-ahead,
 * look-behind and back-references, and no repeat counts that multiply past 1000. `flags` are any of `i`, `m`, `s`.
 * Throws `invalid_input` with the reason.
 */
export function compileLinearRegex(pattern: string, flags = ""): LinearRegex {
  return compiled.getOrMake(`${flags}/${pattern}`, () => compile(pattern, flags));
}

function compile(pattern: string, flags: string): LinearRegex {
  if (pattern.length > LIMITS.regexLengthMax) {
    throw refusal(pattern, `it is longer than ${LIMITS.regexLengthMax} characters`);
  }
  try {
    const regex = RE2JS.compile(RE2JS.translateRegExp(pattern), flagBits(flags));
    return {
      test: (text) => regex.matcher(text).find(),
      stepsMax: (text) => regex.programSize() * (text.length + 1),
    };
  } catch (error) {
    if (error instanceof RE2JSException) throw refusal(pattern, explain(error.message));
    throw error;
  }
}

function flagBits(flags: string): number {
  return [...flags].reduce((bits, flag) => bits | (FLAGS[flag] ?? 0), 0);
}

function explain(message: string): string {
  const reason = message.replace("error parsing regexp: ", "");
  if (/\(\?(<?[=!])/.test(reason)) return `${reason}; look-ahead and look-behind are not supported`;
  if (/invalid escape sequence: `\\[1-9k]/.test(reason))
    return `${reason}; back-references are not supported`;
  return reason;
}

function refusal(pattern: string, reason: string): AppError {
  const shown = pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern;
  return new AppError("invalid_input", `The pattern /${shown}/ cannot be used: ${reason}.`);
}

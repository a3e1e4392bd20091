import { LIMITS } from "./limits.ts";

/** What a slug looks like, and how a person is told so. */
export const SLUG_RULE = {
  lengthMax: LIMITS.slugLengthMax,
  pattern: /^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/,
  hint: "use lower-case letters, digits and single - _ . between them",
} as const;

export function isSlug(text: string): boolean {
  return text.length <= SLUG_RULE.lengthMax && SLUG_RULE.pattern.test(text);
}

/** More than these would bury everything else. */
const SHOWN_MAX = 3;
/** A letter alone is in nearly every name. */
const LETTERS_MIN = 2;

/** The prompts that somebody seems to type the name of, the closest first, beside whatever else is typed. */
export function typedPrompts(slugs: readonly string[], typed: string): string[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length >= LETTERS_MIN);
  const closeness = (slug: string) =>
    Math.max(0, ...words.map((word) => (slug.includes(word) ? word.length / slug.length : 0)));
  return slugs
    .filter((slug) => closeness(slug) > 0)
    .toSorted((one, other) => closeness(other) - closeness(one))
    .slice(0, SHOWN_MAX);
}

import { SLUG_RULE } from "./slug-rule.ts";

/** Letters that do not come apart into a plain one and a mark. */
const PLAIN: Readonly<Record<string, string>> = {
  ł: "l",
  đ: "d",
  ð: "d",
  ø: "o",
  ħ: "h",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
};

/**
 * The slug that a name becomes: `Zwroty biletów 2026` is `zwroty-biletow-2026`, and a slug stays what it is. Empty where
 * the name has nothing that a slug can be made of.
 */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[łđðøħıßæœþ]/g, (letter) => PLAIN[letter] ?? "")
    .replaceAll(/['’ʼ]/g, "");
  return tidy(plain.replaceAll(/[^a-z0-9._-]+/g, "-"))
    .slice(0, SLUG_RULE.lengthMax)
    .replace(/[-_.]+$/, "");
}

/** Between two letters or digits there is one sign; a hyphen where there were several that differ. */
function tidy(text: string): string {
  return text
    .replaceAll(/[-_.]{2,}/g, (signs) => (new Set(signs).size === 1 ? signs.charAt(0) : "-"))
    .replaceAll(/^[-_.]+|[-_.]+$/g, "");
}

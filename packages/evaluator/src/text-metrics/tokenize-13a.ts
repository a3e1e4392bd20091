/** Symbols that stand by themselves, except . , and -, which may be inside a number. */
const SYMBOLS = /([{-~[-` -&(-+:-@/])/g;

/**
 * Tokens as NIST's mteval-v13a.pl makes them, which is sacreBLEU's default (Post 2018, "A Call for Clarity in
 * Reporting BLEU Scores"): punctuation apart from words, periods and commas apart unless digits are around them.
 */
export function tokenize13a(text: string): string[] {
  const plain = text
    .replaceAll("<skipped>", "")
    .replaceAll("-\n", "")
    .replaceAll("\n", " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  return ` ${plain} `
    .replace(SYMBOLS, " $1 ")
    .replace(/([^0-9])([.,])/g, "$1 $2 ")
    .replace(/([.,])([^0-9])/g, " $1 $2")
    .replace(/([0-9])(-)/g, "$1 $2 ")
    .split(/\s+/)
    .filter((token) => token !== "");
}

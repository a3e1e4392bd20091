/** What can be completed at a place, and from where the typed part begins. */
export interface LiquidCompletion {
  from: number;
  kind: "variable" | "partial" | "tag" | "filter";
  options: readonly string[];
}

export interface LiquidNames {
  variables: readonly string[];
  partials: readonly string[];
}

const TAGS = [
  "if",
  "elsif",
  "else",
  "endif",
  "unless",
  "endunless",
  "for",
  "endfor",
  "case",
  "when",
  "endcase",
];
const MORE_TAGS = ["assign", "capture", "endcapture", "comment", "endcomment", "render", "raw", "endraw"];
const FILTERS = [
  "default",
  "upcase",
  "downcase",
  "capitalize",
  "strip",
  "truncate",
  "replace",
  "join",
  "size",
];
const MORE_FILTERS = [
  "json",
  "escape",
  "date",
  "first",
  "last",
  "sort",
  "split",
  "append",
  "prepend",
  "round",
];

/** Offers for the end of `before`, which is the text up to the cursor; null outside of Liquid's marks. */
export function completeLiquid(before: string, names: LiquidNames): LiquidCompletion | null {
  const opened = Math.max(before.lastIndexOf("{{"), before.lastIndexOf("{%"));
  if (opened === -1 || /\}\}|%\}/.test(before.slice(opened))) return null;
  const inside = before.slice(opened + 2);
  const isTag = before.startsWith("{%", opened);
  const partial = isTag ? /^-?\s*render\s+['"]([\w.-]*)$/.exec(inside) : null;
  if (partial !== null) return offer("partial", before, partial[1] ?? "", names.partials);
  // Within quotes there is text, and after a dot the member of a value that nobody here knows.
  if (/^(?:[^'"]|'[^']*'|"[^"]*")*['"][^'"]*$/.test(inside) || /\.\w*$/.test(inside)) return null;
  const word = /[A-Za-z_]\w*$/.exec(inside)?.[0] ?? "";
  const ahead = inside.slice(0, inside.length - word.length);
  if (isTag && /^-?\s*$/.test(ahead)) return offer("tag", before, word, [...TAGS, ...MORE_TAGS]);
  if (/\|\s*$/.test(ahead)) return offer("filter", before, word, [...FILTERS, ...MORE_FILTERS]);
  return offer("variable", before, word, names.variables);
}

function offer(
  kind: LiquidCompletion["kind"],
  before: string,
  ...[word, options]: [word: string, options: readonly string[]]
): LiquidCompletion | null {
  return options.length === 0 ? null : { kind, from: before.length - word.length, options };
}

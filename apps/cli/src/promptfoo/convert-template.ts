import type { AddNote } from "./notes.ts";
import type { JsonMap } from "./plain-values.ts";

/** Nunjucks filters by their names in Liquid; undefined for those that say what is so here anyway. */
const FILTERS: Readonly<Record<string, string | undefined>> = {
  upper: "upcase",
  lower: "downcase",
  capitalize: "capitalize",
  trim: "strip",
  length: "size",
  first: "first",
  last: "last",
  join: "join",
  replace: "replace",
  default: "default",
  reverse: "reverse",
  sort: "sort",
  abs: "abs",
  dump: "json",
  safe: undefined,
};
const TAGS: Readonly<Record<string, string>> = { elif: "elsif", elseif: "elsif", set: "assign" };
const SAME_TAGS = new Set(["if", "else", "endif", "for", "endfor", "raw", "endraw"]);

/**
 * A Nunjucks template as Liquid says it: variables, the common filters, if, for and set. What has no counterpart stays
 * as it is and is noted, because only its author can say what should stand there.
 */
export function convertTemplate(text: string, place: string, note: AddNote): string {
  const tagged = text
    .replaceAll(/\{#([\s\S]*?)#\}/g, "{% comment %}$1{% endcomment %}")
    .replaceAll(/\{%(-?)([\s\S]*?)(-?)%\}/g, (...[whole, open, inner, close]: string[]) => {
      const [, tag = "", rest = ""] = /^\s*(\w+)([\s\S]*)$/.exec(inner ?? "") ?? [];
      if (tag === "comment" || tag === "endcomment") return whole ?? "";
      return `{%${open} ${convertTag({ tag, rest, place, note })}${close}%}`;
    });
  return tagged.replaceAll(/\{\{(-?)([\s\S]*?)(-?)\}\}/g, (...[, open, expression = "", close]: string[]) => {
    return `{{${open} ${convertExpression(expression, place, note)} ${close}}}`;
  });
}

function convertTag(found: { tag: string; rest: string; place: string; note: AddNote }): string {
  const { tag, rest, place, note } = found;
  const name = TAGS[tag] ?? tag;
  if (!SAME_TAGS.has(tag) && TAGS[tag] === undefined)
    note(place, `the tag {% ${tag} %} has no counterpart in Liquid`);
  if (/\bnot\b|\bis\b|\(/.test(rest))
    note(place, `the condition "${rest.trim()}" is not one that Liquid reads`);
  const words = withLoopVariables(rest).trim();
  return words === "" ? `${name} ` : `${name} ${words} `;
}

function convertExpression(expression: string, place: string, note: AddNote): string {
  const [variable = "", ...filters] = expression
    .split(/\|(?=(?:[^"']|"[^"]*"|'[^']*')*$)/)
    .map((part) => part.trim());
  if (/^env\b/.test(variable))
    note(place, `{{ ${variable} }} reads the environment; make it a variable of the cases`);
  else if (!/^[\w.[\]'"-]+$/.test(variable)) note(place, `{{ ${variable} }} is more than a variable`);
  return [
    withLoopVariables(variable),
    ...filters.flatMap((filter) => convertFilter(filter, place, note)),
  ].join(" | ");
}

function convertFilter(filter: string, place: string, note: AddNote): string[] {
  const [, name = filter, values] = /^(\w+)\s*(?:\(([\s\S]*)\))?$/.exec(filter) ?? [];
  if (!Object.hasOwn(FILTERS, name)) {
    note(place, `the filter "${name}" has no counterpart in Liquid`);
    return [filter];
  }
  const liquid = FILTERS[name];
  if (liquid === undefined) return [];
  return [values === undefined || values.trim() === "" ? liquid : `${liquid}: ${values.trim()}`];
}

function withLoopVariables(text: string): string {
  return text.replaceAll(
    /\bloop\.(index0|index|first|last|length|revindex0|revindex)\b/g,
    (_, name: string) => {
      return `forloop.${name === "revindex" ? "rindex" : name === "revindex0" ? "rindex0" : name}`;
    },
  );
}

/** The names of the variables at the beginning of each `{{ … }}`, `{% if … %}` and `{% for … in … %}`. */
export function variablesOf(text: string): string[] {
  const names = [
    ...text.matchAll(
      /\{\{-?\s*([A-Za-z_]\w*)|\{%-?\s*(?:if|elif|elsif)\s+([A-Za-z_]\w*)|\bin\s+([A-Za-z_]\w*)\s*-?%\}/g,
    ),
  ];
  const locals = new Set(
    [...text.matchAll(/\{%-?\s*(?:for|set|assign)\s+([A-Za-z_]\w*)/g)].map(([, name]) => name),
  );
  const found = names.map(([, a, b, c]) => a ?? b ?? c ?? "");
  return [...new Set(found)].filter(
    (name) => !locals.has(name) && !["loop", "forloop", "env", "true", "false"].includes(name),
  );
}

/** An assertion's value for one case: its `{{ name }}` and `{{ a.b }}` are known by now. Anything else is noted. */
export function fillIn(
  text: string,
  vars: JsonMap,
  { place, note }: { place: string; note: AddNote },
): string {
  return text.replaceAll(/\{\{\s*([\s\S]*?)\s*\}\}/g, (whole, path: string) => {
    if (!/^[\w.]+$/.test(path)) {
      note(place, `${whole} is more than a variable, and stays as it is`);
      return whole;
    }
    let value: unknown = vars;
    for (const name of path.split(".")) {
      value = typeof value === "object" && value !== null ? (value as JsonMap)[name] : undefined;
    }
    if (value === undefined) return "";
    return typeof value === "string" ? value : JSON.stringify(value);
  });
}

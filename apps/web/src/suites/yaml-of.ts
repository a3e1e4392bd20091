import type { Json } from "@assay/core";

/** Words that YAML would read as something else than a text, numbers included. */
const OTHER_MEANING = /^(?:true|false|null|yes|no|on|off|~|[-+.]?\d.*|0x.*|)$/i;
const PLAIN = /^[\p{L}\p{N}_/.][\p{L}\p{N} _/.@-]*$/u;

/** Data as YAML, for a file in a repository; members that are undefined are left out. */
export function yamlOf(value: unknown): string {
  return `${block(value as Json, "").replace(/^\n/, "")}\n`;
}

function block(value: Json, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return value.map((item) => `\n${indent}- ${itemOf(item, `${indent}  `)}`).join("");
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    if (members.length === 0) return "{}";
    return members.map(([name, member]) => `\n${indent}${scalar(name)}:${memberOf(member, indent)}`).join("");
  }
  return scalar(value);
}

/** After a dash: the first member of an object stands on the same line. */
function itemOf(item: Json, indent: string): string {
  return block(item, indent).replace(/^\n\s*/, "");
}

function memberOf(member: Json, indent: string): string {
  const text = block(member, `${indent}  `);
  return text.startsWith("\n") ? text : ` ${text}`;
}

/** What is not plainly a word is written as JSON, which YAML reads too. */
function scalar(value: Json): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain = PLAIN.test(value) && !OTHER_MEANING.test(value) && !/\s$/.test(value);
  return isPlain ? value : JSON.stringify(value);
}

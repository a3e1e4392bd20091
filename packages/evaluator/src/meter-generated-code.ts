/**
 * Makes code that the schema library generated draw on the budget that its instance carries as `self.budget`: a call
 * and each round of a loop by the length of their text, which bounds what they run apart from further calls and
 * loops. The text is the library's; `json-schema.test.ts` goes red where another release writes it otherwise.
 */
export function meterGeneratedCode(code: string): string {
  const bounded = code
    .replace(JOINED_ERRORS, "self.budget.joinErrors(vErrors, $1.errors)")
    .replace(POINTER_STEP, "self.budget.pointerStep($1)")
    .replaceAll("Object.assign(", "self.budget.assign(");
  return meterBlocks(bounded);
}

const JOINED_ERRORS = /vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\)/g;
const POINTER_STEP = /(\w+)\.replace\(\/~\/g, "~0"\)\.replace\(\/\\\/\/g, "~1"\)/g;

/** Texts first, so that the braces within them are none. */
const TOKEN = /"(?:[^"\\]|\\.)*"|return function \w+\(data, \{.*?\}=\{\}\)\{|for\([^{}]*\)\{|[{}]/g;

interface Block {
  method: "spendCall" | "spend" | undefined;
  start: number;
}

function meterBlocks(code: string): string {
  const open: Block[] = [];
  const inserts: { at: number; text: string }[] = [];
  for (const token of code.matchAll(TOKEN)) {
    const [text] = token;
    if (text.startsWith('"')) continue;
    const end = token.index + text.length;
    if (text !== "}") {
      open.push({ method: methodOf(text), start: end });
      continue;
    }
    const block = open.pop();
    if (block?.method === undefined) continue;
    inserts.push({ at: block.start, text: `self.budget.${block.method}(${end - block.start});` });
  }
  return insertAll(code, inserts);
}

function methodOf(head: string): Block["method"] {
  if (head.startsWith("return function")) return "spendCall";
  return head.startsWith("for(") ? "spend" : undefined;
}

function insertAll(code: string, inserts: { at: number; text: string }[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, text } of inserts.toSorted((a, b) => a.at - b.at)) {
    parts.push(code.slice(from, at), text);
    from = at;
  }
  return [...parts, code.slice(from)].join("");
}

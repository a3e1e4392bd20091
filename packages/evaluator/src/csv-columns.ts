import type { Json } from "@assay/core";
import { parseJson } from "./parse-json.ts";

type JsonMembers = { [key: string]: Json };

/** Puts one row's cell into the case that the row becomes. */
export type Column = (draft: JsonMembers, cell: string) => void;

const FIXED: Readonly<Record<string, Column>> = {
  key: textColumn("key"),
  group: textColumn("group"),
  input: inputColumn,
  message: inputColumn,
  expected: (draft, cell) => {
    if (cell !== "") draft.expected = jsonOrText(cell);
  },
  tags: (draft, cell) => {
    draft.tags = cell
      .split(";")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "");
  },
};

const PREFIXED: readonly (readonly [string, (name: string) => Column])[] = [
  ["var.", (name) => (draft, cell) => setMember(draft, { member: "variables", name, value: cell })],
  [
    "expected.",
    (name) => (draft, cell) => {
      if (cell !== "") setMember(draft, { member: "expected", name, value: jsonOrText(cell) });
    },
  ],
];

/**
 * What each column of a header means: `key`, `input` or `message` (one user message), `var.<name>` (a text),
 * `expected` or `expected.<field>` (JSON where the cell is JSON, else text; nothing where it is empty), `tags`
 * (separated by `;`), `group`. Answers with a message for people when the header cannot be read.
 */
export function readColumns(header: readonly string[]): Column[] | string {
  const names = header.map((name) => name.trim());
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) return `the column "${repeated}" is there twice`;
  if (names.includes("input") && names.includes("message"))
    return "input and message mean the same; keep one";
  if (names.includes("expected") && names.some((name) => name.startsWith("expected."))) {
    return "use either the column expected or columns expected.<field>";
  }
  const columns: Column[] = [];
  for (const name of names) {
    const column = columnOf(name);
    if (column === undefined) {
      return `unknown column "${name}"; columns are key, input, var.<name>, expected, expected.<field>, tags, group`;
    }
    columns.push(column);
  }
  return columns;
}

function columnOf(name: string): Column | undefined {
  if (Object.hasOwn(FIXED, name)) return FIXED[name];
  for (const [prefix, make] of PREFIXED) {
    if (name.startsWith(prefix) && name.length > prefix.length) return make(name.slice(prefix.length));
  }
  return undefined;
}

function textColumn(member: string): Column {
  return (draft, cell) => {
    if (cell !== "") draft[member] = cell;
  };
}

function inputColumn(draft: JsonMembers, cell: string): void {
  if (cell !== "") draft.messages = [{ role: "user", content: cell }];
}

function jsonOrText(cell: string): Json {
  const parsed = parseJson(cell);
  return parsed.ok ? parsed.value : cell;
}

/** Defines rather than assigns, so that a column called `__proto__` is seen and refused like any such member. */
function setMember(
  draft: JsonMembers,
  { member, name, value }: { member: string; name: string; value: Json },
): void {
  const inner = draft[member] ?? {};
  Object.defineProperty(inner, name, { value, enumerable: true, configurable: true, writable: true });
  draft[member] = inner;
}

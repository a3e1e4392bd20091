import { type ColumnRole, type Json, LIMITS, splitList } from "@assay/core";
import { parseJson } from "./parse-json.ts";

type JsonMembers = { [key: string]: Json };

/** Puts one row's cell into the case that the row becomes. */
export type Column = (draft: JsonMembers, cell: string) => void;

const FIXED: Readonly<Record<string, Column>> = {
  "-": () => undefined,
  key: textColumn("key"),
  group: textColumn("group"),
  input: inputColumn,
  message: inputColumn,
  messages: jsonColumn("messages"),
  variables: jsonColumn("variables"),
  expected: jsonColumn("expected"),
  tags: (draft, cell) => {
    draft.tags = splitList(cell, ";");
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
 * `expected` or `expected.<field>` (JSON where the cell is JSON, else text; nothing where it is empty), `messages` and
 * `variables` (JSON), `tags` (separated by `;`), `group`, `-` (nothing). Where the columns have other names, `roleOf`
 * says which of these each is. Answers with a message for people when the header cannot be read.
 */
export function readColumns(
  header: readonly string[],
  roleOf?: (name: string) => ColumnRole,
): Column[] | string {
  if (header.length > LIMITS.importColumnsMax)
    return `there are more than ${LIMITS.importColumnsMax} columns`;
  const repeated = header.find((name, index) => header.indexOf(name) !== index);
  if (repeated !== undefined) return `the column "${repeated}" is there twice`;
  const roles = roleOf === undefined ? [...header] : header.map(roleOf);
  return findClash(roles) ?? columnsOf(roles);
}

function columnsOf(roles: readonly string[]): Column[] | string {
  const columns: Column[] = [];
  for (const role of roles) {
    const column = columnOf(role);
    if (column === undefined) {
      return `unknown column "${role}"; columns are key, input, var.<name>, expected, expected.<field>, tags, group`;
    }
    columns.push(column);
  }
  return columns;
}

/** Two columns that would write to the same place. */
function findClash(roles: readonly string[]): string | undefined {
  const used = roles.filter((role) => role !== "-");
  const repeated = used.find((role, index) => used.indexOf(role) !== index);
  if (repeated !== undefined) return `two columns become "${repeated}"; keep one`;
  if (used.includes("input") && used.includes("message")) return "input and message mean the same; keep one";
  const inputs = used.filter((role) => ["input", "message", "messages"].includes(role));
  if (inputs.length > 1) return "use either a column with one message or a column of messages";
  if (used.includes("expected") && used.some((role) => role.startsWith("expected."))) {
    return "use either the column expected or columns expected.<field>";
  }
  if (used.includes("variables") && used.some((role) => role.startsWith("var."))) {
    return "use either the column variables or columns var.<name>";
  }
  return undefined;
}

function columnOf(name: string): Column | undefined {
  if (Object.hasOwn(FIXED, name)) return FIXED[name];
  for (const [prefix, make] of PREFIXED) {
    if (name.startsWith(prefix) && name.length > prefix.length) return make(name.slice(prefix.length));
  }
  return undefined;
}

/** The same for the members of an object, whose values are JSON already. */
export function roleMembers(
  value: JsonMembers,
  roleOf: (name: string) => ColumnRole,
): { value: Json } | string {
  const names = Object.keys(value);
  if (names.length > LIMITS.importColumnsMax) return `has more than ${LIMITS.importColumnsMax} members`;
  const clash = findClash(names.map(roleOf));
  if (clash !== undefined) return clash;
  const draft: JsonMembers = {};
  for (const name of names) setRole(draft, roleOf(name), value[name] ?? null);
  return { value: draft };
}

function setRole(draft: JsonMembers, role: ColumnRole, value: Json): void {
  const dot = role.indexOf(".");
  if (role.startsWith("var.")) setMember(draft, { member: "variables", name: role.slice(dot + 1), value });
  else if (role.startsWith("expected.")) {
    setMember(draft, { member: "expected", name: role.slice(dot + 1), value });
  } else if (role === "expected") draft.expected = value;
  else if (value === null || role === "-") return;
  else if (typeof value === "string") columnOf(role)?.(draft, value);
  else if (role === "input") inputColumn(draft, JSON.stringify(value));
  // A key that is a number is meant as a name.
  else draft[role] = typeof value === "number" ? String(value) : value;
}

function textColumn(member: string): Column {
  return (draft, cell) => {
    if (cell !== "") draft[member] = cell;
  };
}

/** JSON where the cell is JSON, else the text, which the case's own schema then refuses where it must be JSON. */
function jsonColumn(member: string): Column {
  return (draft, cell) => {
    if (cell !== "") draft[member] = jsonOrText(cell);
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

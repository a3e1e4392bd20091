import { type ColumnRole, slugOf } from "@assay/core";

/** Names that columns of other files go by, in plain lower case, and what they most likely are. */
const USUAL: Readonly<Record<string, ColumnRole>> = {
  key: "key",
  id: "key",
  case_id: "key",
  case: "key",
  nr: "key",
  klucz: "key",
  group: "group",
  group_id: "group",
  conversation_id: "group",
  grupa: "group",
  tags: "tags",
  tag: "tags",
  labels: "tags",
  tagi: "tags",
  input: "input",
  message: "input",
  question: "input",
  query: "input",
  prompt: "input",
  text: "input",
  user: "input",
  user_message: "input",
  pytanie: "input",
  wiadomosc: "input",
  tresc: "input",
  tresc_wiadomosci: "input",
  zgloszenie: "input",
  messages: "messages",
  variables: "variables",
  vars: "variables",
  expected: "expected",
  expected_output: "expected",
  answer: "expected",
  output: "expected",
  label: "expected",
  reference: "expected",
  ground_truth: "expected",
  completion: "expected",
  expected_answer: "expected",
  ideal: "expected",
  target: "expected",
  gold: "expected",
  oczekiwana_odpowiedz: "expected",
  oczekiwane: "expected",
  odpowiedz: "expected",
  wzorzec: "expected",
};
const EXPECTED_FIELD = /^(?:expected|gold|target|oczekiwan[aey])_(.+)$/;

/** What the cases that are there already are made of: a column of the same name most likely is the same. */
export interface KnownNames {
  variables: Iterable<string>;
  expected: Iterable<string>;
}

/**
 * Guesses, column by column as they are first seen, what each becomes: what the dataset's cases call so, then by the
 * usual names, where that place is still free, else a variable of its own name.
 */
export function createRoleGuesser(
  known: KnownNames = { variables: [], expected: [] },
): (column: string) => ColumnRole {
  const guessed = new Map<string, ColumnRole>();
  const taken = new Set<string>();
  const called = rolesOfNames(known);
  return (column) => {
    const before = guessed.get(column);
    if (before !== undefined) return before;
    const role = choicesFor(column.trim(), called).find((each) => isFree(each, taken)) ?? "-";
    guessed.set(column, role);
    taken.add(role);
    return role;
  };
}

function rolesOfNames({ variables, expected }: KnownNames): ReadonlyMap<string, ColumnRole> {
  const roles = new Map<string, ColumnRole>();
  for (const name of variables) roles.set(plainName(name), `var.${name}`);
  for (const name of expected) roles.set(plainName(name), `expected.${name}`);
  roles.delete("");
  return roles;
}

/** Without marks, case and signs, so that `Treść wiadomości` and `tresc_wiadomosci` are one name. */
function plainName(text: string): string {
  return slugOf(text).replaceAll(/[-.]/g, "_");
}

/** What a column may be, the likeliest first. */
function choicesFor(column: string, called: ReadonlyMap<string, ColumnRole>): ColumnRole[] {
  if (column === "") return ["-"];
  if (/^(var|expected)\..+$/s.test(column)) return [column];
  const name = plainName(column);
  const usual = Object.hasOwn(USUAL, name) ? USUAL[name] : undefined;
  const field = EXPECTED_FIELD.exec(name)?.[1];
  return [
    called.get(name),
    usual,
    field === undefined ? undefined : `expected.${field}`,
    `var.${variableName(column, name)}`,
    `var.${column}`,
  ].filter((role) => role !== undefined);
}

/** A name that templates can write. */
function variableName(column: string, plain: string): string {
  if (/^[A-Za-z_]\w*$/.test(column) || plain === "") return column;
  return /^\d/.test(plain) ? `_${plain}` : plain;
}

/** A case has one input, and an expectation or variables are written either whole or part by part. */
function isFree(role: ColumnRole, taken: ReadonlySet<string>): boolean {
  if (role === "-") return true;
  if (taken.has(role)) return false;
  const others = [...taken];
  const isPart = (whole: string) => role.startsWith(`${whole}.`);
  if (role === "input" || role === "messages") return !taken.has("input") && !taken.has("messages");
  if (role === "expected") return !others.some((other) => other.startsWith("expected."));
  if (role === "variables") return !others.some((other) => other.startsWith("var."));
  if (isPart("expected")) return !taken.has("expected");
  return !(isPart("var") && taken.has("variables"));
}

import { type ColumnRole, LIMITS, slugOf } from "@assay/core";

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
const EXPECTED_FIELD = /^(?:expected|answer|gold|target|oczekiwan[aey]|odpowiedz)_(.+)$/;

/** What the cases that are there already are made of: a column of the same name most likely is the same. */
export interface KnownNames {
  variables: Iterable<string>;
  expected: Iterable<string>;
}

/**
 * Guesses, column by column as they are first seen, what each becomes: what the dataset's cases call so, then by the
 * usual names, where that place is still free, else a variable of its own name. Each record of JSONL may bring names of
 * its own: past `LIMITS.importColumnsMax` they are neither guessed nor remembered, and become nothing.
 */
export function createRoleGuesser(
  known: KnownNames = { variables: [], expected: [] },
): (column: string) => ColumnRole {
  const guessed = new Map<string, ColumnRole>();
  const taken = new TakenRoles();
  const called = rolesOfNames(known);
  return (column) => {
    const before = guessed.get(column);
    if (before !== undefined) return before;
    if (guessed.size >= LIMITS.importColumnsMax) return "-";
    const role = choicesFor(column.trim(), called).find((each) => taken.isFree(each)) ?? "-";
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
class TakenRoles {
  readonly #roles = new Set<ColumnRole>();
  /** `expected` and `var`, where a part of them is taken. */
  readonly #inParts = new Set<string>();

  add(role: ColumnRole): void {
    this.#roles.add(role);
    const dot = role.indexOf(".");
    if (dot >= 0) this.#inParts.add(role.slice(0, dot));
  }

  isFree(role: ColumnRole): boolean {
    if (role === "-") return true;
    if (this.#roles.has(role)) return false;
    if (role === "input" || role === "messages")
      return !this.#roles.has("input") && !this.#roles.has("messages");
    if (role === "expected") return !this.#inParts.has("expected");
    if (role === "variables") return !this.#inParts.has("var");
    if (role.startsWith("expected.")) return !this.#roles.has("expected");
    return !(role.startsWith("var.") && this.#roles.has("variables"));
  }
}

import type { ColumnRole } from "@assay/core";

/** Names that columns of other tools' files go by, in lower case, and what they most likely are. */
const USUAL: Readonly<Record<string, ColumnRole>> = {
  key: "key",
  id: "key",
  case_id: "key",
  case: "key",
  group: "group",
  group_id: "group",
  conversation_id: "group",
  tags: "tags",
  tag: "tags",
  labels: "tags",
  input: "input",
  message: "input",
  question: "input",
  query: "input",
  prompt: "input",
  text: "input",
  user: "input",
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
};
/** Of these roles a case has one. */
const EXCLUDES: Readonly<Record<string, string[]>> = { input: ["messages"], messages: ["input"] };

/**
 * Guesses, column by column as they are first seen, what each becomes: by the usual names, where that place is still
 * free, else a variable of its own name.
 */
export function createRoleGuesser(): (column: string) => ColumnRole {
  const known = new Map<string, ColumnRole>();
  const taken = new Set<string>();
  return (column) => {
    const before = known.get(column);
    if (before !== undefined) return before;
    const role = guess(column.trim(), taken);
    known.set(column, role);
    taken.add(role);
    return role;
  };
}

function guess(column: string, taken: ReadonlySet<string>): ColumnRole {
  if (column === "") return "-";
  if (/^(var|expected)\..+$/s.test(column)) return column;
  const name = column.toLowerCase().replaceAll(/[\s-]+/g, "_");
  const usual = Object.hasOwn(USUAL, name) ? USUAL[name] : undefined;
  if (usual !== undefined && isFree(usual, taken)) return usual;
  return `var.${column}`;
}

function isFree(role: ColumnRole, taken: ReadonlySet<string>): boolean {
  return !taken.has(role) && !(EXCLUDES[role] ?? []).some((other) => taken.has(other));
}

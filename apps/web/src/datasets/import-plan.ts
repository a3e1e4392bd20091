import type { Dataset, ImportCheck } from "@assay/core";

/** Of a file this much is looked at before its columns are chosen. */
export const PREVIEW_BYTES = 256 * 1024;

/** How a file is to be read. */
export interface ImportPlan {
  format: "jsonl" | "csv";
  mode: "replace" | "append";
  /** Column → role; undefined until the file was looked at. */
  mapping: Readonly<Record<string, string>> | undefined;
}

export function formatOf(fileName: string): "jsonl" | "csv" {
  return /\.(jsonl|ndjson|json)$/i.test(fileName) ? "jsonl" : "csv";
}

/** What is there is kept unless somebody says otherwise; where nothing is, there is nothing to add to. */
export function firstModeOf({ latestVersion }: Pick<Dataset, "latestVersion">): ImportPlan["mode"] {
  return latestVersion === null ? "replace" : "append";
}

/** What the version that an import makes would hold; null where it would be the dataset's first. */
export function outcomeOf(
  { mode }: Pick<ImportPlan, "mode">,
  { latestVersion, caseCount }: Pick<Dataset, "latestVersion" | "caseCount">,
  cases: number,
): { from: number; version: number; before: number; total: number } | null {
  if (latestVersion === null) return null;
  const before = caseCount ?? 0;
  const total = mode === "append" ? before + cases : cases;
  return { from: latestVersion, version: latestVersion + 1, before, total };
}

/** The query that the server is asked with. */
export function queryOf({ format, mode, mapping }: ImportPlan, more: Record<string, string> = {}): string {
  return new URLSearchParams({
    format,
    mode,
    ...(mapping !== undefined && { mapping: JSON.stringify(mapping) }),
    ...more,
  }).toString();
}

export function mappingOf(columns: ImportCheck["columns"]): Record<string, string> {
  return Object.fromEntries(columns.map(({ name, role }) => [name, role]));
}

/** What each column of the file becomes, as chosen or else as guessed. */
export function rolesOf({ mapping }: ImportPlan, { columns }: Pick<ImportCheck, "columns">): string[] {
  return columns.map(({ name, role }) => mapping?.[name] ?? role);
}

/** What a column can become; the last two take a name. */
export const COLUMN_KINDS = [
  "nothing",
  "key",
  "input",
  "messages",
  "variables",
  "expected",
  "tags",
  "group",
  "variable",
  "expectedField",
] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

const PREFIXES = { variable: "var.", expectedField: "expected." } as const;

export function isNamedKind(kind: ColumnKind): kind is keyof typeof PREFIXES {
  return Object.hasOwn(PREFIXES, kind);
}

/** What a role says: `var.city` is a variable of the name `city`. */
export function readRole(role: string): { kind: ColumnKind; name: string } {
  if (role === "-") return { kind: "nothing", name: "" };
  for (const [kind, prefix] of Object.entries(PREFIXES)) {
    if (role.startsWith(prefix)) return { kind: kind as ColumnKind, name: role.slice(prefix.length) };
  }
  return { kind: COLUMN_KINDS.find((each) => each === role) ?? "nothing", name: "" };
}

interface Named {
  kind: ColumnKind;
  name: string;
  /** The column of the file. */
  column: string;
}

/** The role of a kind; where it takes a name and none was given, that of the column. */
export function writeRole({ kind, name, column }: Named): string {
  if (kind === "nothing") return "-";
  if (!isNamedKind(kind)) return kind;
  const given = name.trim() === column ? "" : name.trim();
  const own = column.replace(/^(var|expected)\./, "");
  // As the server guesses: the role says already that it is a part of the answer.
  const short = kind === "expectedField" ? own.replace(/^(expected|answer)[_ -]+(?=.)/i, "") : own;
  return `${PREFIXES[kind]}${given || short || "name"}`;
}

/** What no case of the file would have, though a case is of little use without it. */
export function lackingIn(roles: readonly string[]): ("input" | "expected")[] {
  const has = (...kinds: ColumnKind[]) => roles.some((role) => kinds.includes(readRole(role).kind));
  return [
    ...(has("input", "messages", "variables", "variable") ? [] : (["input"] as const)),
    ...(has("expected", "expectedField") ? [] : (["expected"] as const)),
  ];
}

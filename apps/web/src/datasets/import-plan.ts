import type { ImportCheck } from "@assay/core";

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

const SINGLE_ROLES = ["key", "input", "messages", "variables", "expected", "tags", "group"] as const;

/** The roles that a column can be given: the fixed ones, a variable or a field of its own name, or nothing. */
export function rolesFor(column: string): { value: string; kind: string; name?: string }[] {
  const name = column.replace(/^(var|expected)\./, "");
  return [
    { value: "-", kind: "nothing" },
    ...SINGLE_ROLES.map((role) => ({ value: role, kind: role })),
    ...(name === ""
      ? []
      : [
          { value: `var.${name}`, kind: "variable", name },
          { value: `expected.${name}`, kind: "expectedField", name },
        ]),
  ];
}

import { type Case, csvLine, type Json } from "@assay/core";

/** Which columns the cases of a version need. */
export interface CsvColumns {
  hasInput: boolean;
  hasMessages: boolean;
  hasExpected: boolean;
  hasGroup: boolean;
  variables: readonly string[];
  /** Where every expectation is an object: its members. */
  expected: readonly string[] | undefined;
}

/** So many names of variables have a column of their own; with more, `variables` is one column of JSON. */
const NAMED_COLUMNS_MAX = 100;

/** Looks at all cases before the first line is written. */
export class CsvColumnFinder {
  readonly #variables = new Set<string>();
  readonly #expected = new Set<string>();
  readonly #has = { hasInput: false, hasMessages: false, hasExpected: false, hasGroup: false };
  #areObjects = true;

  see(each: Case): void {
    addNames(this.#variables, each.variables ?? {});
    if (each.messages !== undefined) {
      this.#has[soleUserText(each) === undefined ? "hasMessages" : "hasInput"] = true;
    }
    if (each.group !== undefined) this.#has.hasGroup = true;
    if (each.expected === undefined) return;
    this.#has.hasExpected = true;
    if (isObject(each.expected)) addNames(this.#expected, each.expected);
    else this.#areObjects = false;
  }

  found(): CsvColumns {
    const { size } = this.#expected;
    const hasMembers = this.#areObjects && size > 0 && size <= NAMED_COLUMNS_MAX;
    return {
      ...this.#has,
      // The two cannot stand beside each other in an import.
      hasInput: this.#has.hasInput && !this.#has.hasMessages,
      variables: [...this.#variables],
      expected: hasMembers ? [...this.#expected] : undefined,
    };
  }
}

function addNames(names: Set<string>, members: object): void {
  for (const name of Object.keys(members)) if (names.size <= NAMED_COLUMNS_MAX) names.add(name);
}

/** Lines of CSV (RFC 4180), in the columns that an import knows. */
export function caseCsv(columns: CsvColumns): { header: string; row: (each: Case) => string } {
  const cells = cellsOf(columns);
  return {
    header: csvLine(cells.map(([name]) => name)),
    row: (each) => csvLine(cells.map(([, cell]) => cell(each))),
  };
}

type Cell = readonly [name: string, cell: (each: Case) => string];

function cellsOf(columns: CsvColumns): Cell[] {
  const cells: (Cell | false)[] = [
    ["key", ({ key }) => key],
    columns.hasInput && ["input", (each) => soleUserText(each) ?? ""],
    columns.hasMessages && [
      "messages",
      ({ messages }) => (messages === undefined ? "" : JSON.stringify(messages)),
    ],
    ...variableCells(columns),
    ...expectedCells(columns),
    ["tags", ({ tags }) => tags.join(";")],
    columns.hasGroup && ["group", ({ group }) => group ?? ""],
  ];
  return cells.filter((cell) => cell !== false);
}

function variableCells({ variables }: CsvColumns): Cell[] {
  if (variables.length > NAMED_COLUMNS_MAX) {
    return [["variables", (each) => (each.variables === undefined ? "" : JSON.stringify(each.variables))]];
  }
  return variables.map((name) => [
    `var.${name}`,
    (each) => {
      const value = Object.hasOwn(each.variables ?? {}, name) ? each.variables?.[name] : undefined;
      return value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
    },
  ]);
}

function expectedCells({ hasExpected, expected }: CsvColumns): Cell[] {
  if (!hasExpected) return [];
  if (expected === undefined) return [["expected", (each) => expectedCell(each.expected)]];
  return expected.map((name) => [
    `expected.${name}`,
    (each) =>
      isObject(each.expected) && Object.hasOwn(each.expected, name) ? expectedCell(each.expected[name]) : "",
  ]);
}

/** A text that would be read back as another value is written as JSON. */
function expectedCell(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" && !isJson(value) && value !== "" ? value : JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function soleUserText({ messages }: Case): string | undefined {
  const [only] = messages ?? [];
  if (messages?.length !== 1 || only === undefined || Object.keys(only).length !== 2) return undefined;
  return only.role === "user" && typeof only.content === "string" && only.content !== ""
    ? only.content
    : undefined;
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

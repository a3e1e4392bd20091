import { isAssertionType } from "./convert-assertion.ts";
import { csvAssertion } from "./csv-assertion.ts";
import { asNumber, asText, type JsonMap } from "./plain-values.ts";

/** A row of a CSV file of tests: its columns are variables, save those that begin with two underscores. */
export function convertCsvRow(row: JsonMap): JsonMap {
  const cells = Object.entries(row).map(([name, cell]) => [name, asText(cell)] as const);
  const expected = cells.filter(([name, cell]) => name.startsWith("__expected") && cell.trim() !== "");
  const thresholds = new Map<number, number>();
  for (const [name, cell] of cells) addThreshold(thresholds, name, cell);
  const test: JsonMap = {
    vars: Object.fromEntries(cells.filter(([name]) => !name.startsWith("__"))),
    options: membersOf(cells, /^__(prefix|suffix)$/),
    metadata: membersOf(cells, /^__metadata:(.+)$/),
    ...membersOf(cells, /^__(description)$/),
  };
  const { metric } = membersOf(cells, /^__(metric)$/);
  const threshold = asNumber(membersOf(cells, /^__(threshold)$/).threshold);
  if (threshold !== undefined) test.threshold = threshold;
  for (const [name] of cells) if (name.startsWith("__") && !KNOWN.test(name)) test[name] = "";
  const assert = expected.map(([, cell], index) =>
    completed(csvAssertion(cell.trim(), isAssertionType), { metric, threshold: thresholds.get(index) }),
  );
  return { ...test, assert };
}

const KNOWN =
  /^__(?:expected\d*|prefix|suffix|description|metric|threshold|metadata:.+|config:__expected\d*:threshold)$/;

/** The cells whose column matches, by the part of its name that the pattern catches. */
function membersOf(cells: readonly (readonly [string, string])[], pattern: RegExp): JsonMap {
  return Object.fromEntries(
    cells.flatMap(([name, cell]) => {
      const member = pattern.exec(name)?.[1];
      return member === undefined || cell === "" ? [] : [[member, cell]];
    }),
  );
}

function completed(
  assertion: JsonMap,
  { metric, threshold }: { metric: JsonMap[string] | undefined; threshold: number | undefined },
): JsonMap {
  return {
    ...assertion,
    ...(typeof metric === "string" && metric !== "" && { metric }),
    ...(threshold !== undefined && { threshold }),
  };
}

/** `__config:__expected2:threshold` is about the second assertion. */
function addThreshold(thresholds: Map<number, number>, name: string, value: string): void {
  const match = /^__config:__expected(\d*):threshold$/.exec(name);
  const number = asNumber(value);
  if (match !== null && number !== undefined) thresholds.set(Number(match[1] || 1) - 1, number);
}

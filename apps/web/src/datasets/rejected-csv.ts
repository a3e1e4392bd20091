import type { WrongRow } from "@assay/core";
import { csvLine } from "@assay/core/plain";

/** The wrong rows as a file to be mended: the line, what is wrong, and the cells as they were. */
export function rejectedCsv(
  columns: readonly string[],
  wrong: readonly WrongRow[],
  titles: [line: string, problem: string],
): string {
  const header = [...titles, ...columns];
  const lines = wrong.map(({ row, message, cells }) => [String(row), message, ...cells]);
  return [header, ...lines].map(csvLine).join("");
}

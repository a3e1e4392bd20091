import { type Column, writeColumns } from "./column.ts";

/** A name for each column that it keeps while others come and go; of equal ones each has its own. */
export function columnKeys(columns: readonly Column[]): string[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const text = writeColumns([column]);
    const nth = (seen.get(text) ?? 0) + 1;
    seen.set(text, nth);
    return `${text}#${nth}`;
  });
}

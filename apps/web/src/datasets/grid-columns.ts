/** The columns of the table of cases, in their order; the first picks a case. */
export const GRID_COLUMNS = ["select", "key", "input", "expected", "tags", "group"] as const;
export type GridColumn = (typeof GRID_COLUMNS)[number];

/** What can be written in the table itself. A case's input may be many texts and has its own form. */
export type InlineColumn = "expected" | "tags" | "group";

export function isInline(column: GridColumn): column is InlineColumn {
  return column === "expected" || column === "tags" || column === "group";
}

export const GRID_TEMPLATE =
  "2.5rem minmax(12rem,1.2fr) minmax(14rem,3fr) minmax(9rem,1.6fr) minmax(8rem,1.2fr) minmax(7rem,1fr)";

export interface GridPlace {
  row: number;
  column: number;
}

export interface GridKey {
  key: string;
  isCtrl: boolean;
}

interface GridSize {
  rows: number;
  /** Rows in view, by which Page Up and Page Down go. */
  page: number;
}

/** Where a key leads; undefined for keys that do not lead anywhere. */
export function placeAfter(at: GridPlace, { key, isCtrl }: GridKey, size: GridSize): GridPlace | undefined {
  const lastColumn = GRID_COLUMNS.length - 1;
  const steps: Record<string, GridPlace> = {
    ArrowUp: { ...at, row: at.row - 1 },
    ArrowDown: { ...at, row: at.row + 1 },
    ArrowLeft: { ...at, column: at.column - 1 },
    ArrowRight: { ...at, column: at.column + 1 },
    PageUp: { ...at, row: at.row - size.page },
    PageDown: { ...at, row: at.row + size.page },
    Home: { row: isCtrl ? 0 : at.row, column: 0 },
    End: { row: isCtrl ? size.rows - 1 : at.row, column: lastColumn },
  };
  const to = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (to === undefined) return undefined;
  return { row: within(to.row, size.rows - 1), column: within(to.column, lastColumn) };
}

function within(value: number, max: number): number {
  return Math.max(0, Math.min(max, value));
}

import type { DOMAttributes, SyntheticEvent } from "react";
import { GRID_COLUMNS, type GridPlace, isInline } from "./grid-columns.ts";
import type { RowActions } from "./use-row-actions.ts";

interface Given {
  active: GridPlace;
  /** Undefined for a row that is not read yet. */
  keyAt: (row: number) => string | undefined;
  actions: RowActions;
}

type CellEvents = Pick<DOMAttributes<HTMLElement>, "onClick" | "onDoubleClick" | "onFocus">;

/** What pointers and the focus do in cells, heard once for all of them by the table. */
export function cellEvents({ active, keyAt, actions }: Given): CellEvents {
  const visit = (place: GridPlace) => {
    if (place.row !== active.row || place.column !== active.column) actions.visit(place);
  };
  return {
    onFocus: (event) => {
      const place = placeOf(event);
      if (place !== undefined) visit(place);
    },
    onClick: (event) => {
      const place = placeOf(event);
      const key = place && keyAt(place.row);
      if (place === undefined || key === undefined) return;
      const column = GRID_COLUMNS[place.column];
      visit(place);
      if (column === "select") actions.toggle(key);
      if (column === "key" || column === "input") actions.open(key);
    },
    onDoubleClick: (event) => {
      const place = placeOf(event);
      const key = place && keyAt(place.row);
      const column = GRID_COLUMNS[place?.column ?? 0];
      if (place === undefined || key === undefined || column === undefined || !isInline(column)) return;
      actions.edit(place, key);
    },
  };
}

function placeOf({ target }: SyntheticEvent): GridPlace | undefined {
  const cell = target instanceof Element ? target.closest("[role=gridcell]") : null;
  const row = cell?.parentElement?.getAttribute("aria-rowindex");
  if (cell == null || row == null) return undefined;
  // Both are counted from one, and the first row is the head.
  return { row: Number(row) - 2, column: Number(cell.getAttribute("aria-colindex")) - 1 };
}

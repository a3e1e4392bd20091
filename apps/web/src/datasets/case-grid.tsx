import type { Case } from "@assay/core";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../components/error-notice.tsx";
import { CaseGridRow } from "./case-grid-row.tsx";
import { cellEvents } from "./cell-events.ts";
import { addedRow } from "./draft.ts";
import { GRID_COLUMNS, GRID_TEMPLATE, type GridPlace, isInline, placeAfter } from "./grid-columns.ts";
import { RowSlots } from "./row-slots.ts";
import { type FoundCases, ROWS_PER_READ, useCaseWindow, type WantedCases } from "./use-case-rows.ts";
import type { DraftHandle } from "./use-draft.ts";
import { type RowActions, useRowActions } from "./use-row-actions.ts";
import type { Selection } from "./use-selection.ts";

const ROW_PX = 44;
const OVERSCAN = 2;

interface CaseGridProps extends Pick<FoundCases, "count" | "first" | "isEarlier"> {
  wanted: WantedCases;
  /** Cases of the draft, before those of the version. */
  added: readonly Case[];
  selection: Selection;
  drafting: DraftHandle;
  canEdit: boolean;
  onOpen: (key: string) => void;
}

/** A table of any length, of which only what is in view is there. What is in view is known to nothing outside of it. */
export const CaseGrid = memo(function CaseGrid(props: CaseGridProps) {
  const { wanted, count, first, isEarlier, added, selection, drafting, canEdit, onOpen } = props;
  const { t } = useTranslation("datasets");
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ first: 0, last: 0 });
  const [active, setActive] = useState<GridPlace>({ row: 0, column: 1 });
  const [isEditing, setEditing] = useState(false);
  const window = useCaseWindow(wanted, first, view);
  const total = count + added.length;
  const virtual = useGridVirtualizer({ total, scroller, activeRow: active.row });
  const drawn = useDrawn(virtual);
  useView(virtual.range, added.length, setView);
  const ownRows = useMemo(() => added.map(addedRow), [added]);
  const rowAt = (index: number) => ownRows[index] ?? window.rowAt(index - added.length);
  const keyAt = (index: number) => rowAt(index)?.key;
  const at = { dataset: wanted.dataset, version: wanted.version ?? 1 };
  const actions = useRowActions({ at, drafting, canEdit, selection, onOpen, setActive, setEditing });
  const wantFocus = useFocus(scroller, active, virtual.scrollToIndex);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isEditing) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const key = { key: event.key, isCtrl: event.ctrlKey || event.metaKey };
    const to = placeAfter(active, key, { rows: total, page });
    const caseKey = keyAt(active.row);
    if (to !== undefined) {
      wantFocus();
      setActive(to);
    } else if (caseKey === undefined || !pressed(event.key, { ...active, caseKey }, actions)) return;
    event.preventDefault();
  };
  return (
    <>
      <ErrorNotice error={window.error} onRetry={window.retry} />
      {/* biome-ignore lint/a11y/useSemanticElements: no table element can hold 100,000 rows */}
      <div
        role="grid"
        aria-label={t("cases")}
        aria-rowcount={total + 1}
        aria-colcount={GRID_COLUMNS.length}
        aria-multiselectable={canEdit}
        aria-describedby="grid-help"
        ref={scroller}
        onKeyDown={onKeyDown}
        {...cellEvents({ active, keyAt, actions })}
        tabIndex={-1}
        className="relative h-[max(20rem,calc(100dvh-24rem))] overflow-auto rounded-xl border border-line bg-surface"
      >
        <p id="grid-help" className="sr-only">
          {t(canEdit ? "gridHelpEdit" : "gridHelp")}
        </p>
        <div className={isEarlier ? "min-w-[56rem] opacity-60" : "min-w-[56rem]"}>
          <GridHeader />
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {drawn.map(({ index, start, slot }) => {
              const row = rowAt(index);
              const key = row?.key ?? "";
              return (
                <CaseGridRow
                  key={slot}
                  index={index}
                  topPx={start}
                  row={row}
                  isAdded={index < ownRows.length}
                  edit={drafting.draft.edits.get(key)}
                  isRemoved={drafting.draft.removed.has(key)}
                  isSelected={selection.keys.has(key)}
                  activeColumn={index === active.row ? active.column : undefined}
                  isEditing={isEditing && index === active.row}
                  canEdit={canEdit}
                  actions={actions}
                />
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
});

function GridHeader() {
  const { t } = useTranslation("datasets");
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div
      role="row"
      aria-rowindex={1}
      tabIndex={-1}
      className="sticky top-0 z-10 grid border-b border-line bg-surface text-sm font-medium text-ink-soft"
      style={{ gridTemplateColumns: GRID_TEMPLATE }}
    >
      {GRID_COLUMNS.map((column, index) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        <div
          key={column}
          role="columnheader"
          tabIndex={-1}
          aria-colindex={index + 1}
          className="truncate px-3 py-2"
        >
          {column === "select" ? (
            <span className="sr-only">{t("columns.select")}</span>
          ) : (
            t(`columns.${column}`)
          )}
        </div>
      ))}
    </div>
  );
}

interface GridVirtualizer {
  total: number;
  scroller: React.RefObject<HTMLDivElement | null>;
  activeRow: number;
}

/** The row that holds the focus stays, wherever the view is. */
function useGridVirtualizer({ total, scroller, activeRow }: GridVirtualizer) {
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      return indexes.includes(activeRow) || activeRow >= range.count ? indexes : [...indexes, activeRow];
    },
    [activeRow],
  );
  return useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollPaddingStart: ROW_PX,
    rangeExtractor,
    useFlushSync: false,
  });
}

/** The rows that are there, each with its slot, in the order in which they are read aloud. */
function useDrawn(virtual: ReturnType<typeof useGridVirtualizer>) {
  const [rowSlots] = useState(() => new RowSlots());
  const items = virtual.getVirtualItems();
  const slots = rowSlots.assign(items.map(({ index }) => index));
  return items.map(({ index, start }, at) => ({ index, start, slot: slots[at] ?? 0 }));
}

/** Tells which rows are in view, as often as other ones must be read. */
function useView(
  range: { startIndex: number; endIndex: number } | null,
  before: number,
  onView: (view: { first: number; last: number }) => void,
): void {
  const first = Math.max(0, (range?.startIndex ?? 0) - OVERSCAN - before);
  const last = Math.max(0, (range?.endIndex ?? 0) + OVERSCAN - before);
  const [firstPage, lastPage] = [first, last].map((row) => Math.floor(row / ROWS_PER_READ));
  useEffect(() => {
    onView({ first: (firstPage ?? 0) * ROWS_PER_READ, last: (lastPage ?? 0) * ROWS_PER_READ });
  }, [firstPage, lastPage, onView]);
}

/** Brings a cell into view and the focus to it, once it has become the active one. */
function useFocus(
  scroller: React.RefObject<HTMLDivElement | null>,
  active: GridPlace,
  scrollTo: (row: number) => void,
): () => void {
  const isWanted = useRef(false);
  useLayoutEffect(() => {
    if (!isWanted.current) return;
    isWanted.current = false;
    scrollTo(active.row);
    const cell = `[aria-rowindex="${active.row + 2}"] > [aria-colindex="${active.column + 1}"]`;
    scroller.current?.querySelector<HTMLElement>(cell)?.focus({ preventScroll: true });
  }, [active, scroller, scrollTo]);
  return () => {
    isWanted.current = true;
  };
}

/** What a key does in a cell; answers whether it did anything. */
function pressed(
  key: string,
  { row, column, caseKey }: GridPlace & { caseKey: string },
  actions: RowActions,
): boolean {
  const name = GRID_COLUMNS[column] ?? "key";
  if (key === " ") actions.toggle(caseKey);
  else if (key === "Delete") actions.remove(caseKey);
  else if (key === "Enter" && name === "select") actions.toggle(caseKey);
  else if ((key === "Enter" || key === "F2") && isInline(name)) actions.edit({ row, column }, caseKey);
  else if (key === "Enter" || key === "F2") actions.open(caseKey);
  else return false;
  return true;
}

import type { CaseRow } from "@assay/core";
import clsx from "clsx";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { showHidden } from "../i18n/show-hidden.ts";
import { CaseCellEditor } from "./case-cell-editor.tsx";
import { type DraftEdit, type DraftRow, type Mark, rowWith } from "./draft.ts";
import { GRID_COLUMNS, GRID_TEMPLATE, type GridColumn, isInline } from "./grid-columns.ts";
import type { RowActions } from "./use-row-actions.ts";

export const MARK_TONES: Record<Mark, Tone> = { added: "good", changed: "warn", removed: "bad" };
const MARK_LINES: Record<Mark, string> = {
  added: "bg-good-soft/50",
  changed: "bg-warn-soft/50",
  removed: "bg-bad-soft/50 text-ink-soft",
};

interface CaseGridRowProps {
  index: number;
  topPx: number;
  /** Undefined until it is read. */
  row: CaseRow | undefined;
  isAdded: boolean;
  edit: DraftEdit | undefined;
  isRemoved: boolean;
  isSelected: boolean;
  activeColumn: number | undefined;
  isEditing: boolean;
  canEdit: boolean;
  actions: RowActions;
}

/** Drawn again only when something of its own has changed: scrolling moves rows, and leaves them as they are. */
export const CaseGridRow = memo(function CaseGridRow(props: CaseGridRowProps) {
  const { index, topPx, row, isAdded, edit, isRemoved, isSelected, canEdit } = props;
  const shown = row === undefined ? undefined : rowWith(row, { edit, isRemoved });
  const mark = isAdded ? "added" : shown?.mark;
  return (
    // biome-ignore lint/a11y/useSemanticElements: no table element can hold 100,000 rows
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={canEdit ? isSelected : undefined}
      aria-busy={shown === undefined}
      tabIndex={-1}
      className={clsx(
        "absolute top-0 left-0 grid h-11 w-full items-center border-b border-line [contain:strict]",
        isSelected ? "bg-accent-soft" : mark === undefined ? "hover:bg-raised/60" : MARK_LINES[mark],
      )}
      style={{ gridTemplateColumns: GRID_TEMPLATE, transform: `translateY(${topPx}px)` }}
    >
      {GRID_COLUMNS.map((column, at) => (
        <GridCell key={column} {...props} shown={shown} mark={mark} column={column} at={at} />
      ))}
    </div>
  );
});

interface GridCellProps extends CaseGridRowProps {
  shown: DraftRow | undefined;
  mark: Mark | undefined;
  column: GridColumn;
  at: number;
}

function GridCell({
  shown,
  mark,
  column,
  at,
  index,
  activeColumn,
  isEditing,
  actions,
  ...rest
}: GridCellProps) {
  const place = { row: index, column: at };
  const isActive = activeColumn === at;
  const click = () => {
    if (shown === undefined) return;
    actions.visit(place);
    if (column === "select") actions.toggle(shown.key);
    if (column === "key" || column === "input") actions.open(shown.key);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no table element can hold 100,000 rows
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table hears the keys of all its cells
    <div
      role="gridcell"
      aria-colindex={at + 1}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => isActive || actions.visit(place)}
      onClick={click}
      onDoubleClick={() => shown !== undefined && isInline(column) && actions.edit(place, shown.key)}
      className={clsx(
        "h-full min-w-0 content-center px-3 -outline-offset-2",
        column === "select" || column === "key" || column === "input" ? "cursor-pointer" : "cursor-default",
      )}
    >
      {shown === undefined ? (
        <span className="block h-3 w-2/3 rounded bg-raised" />
      ) : isEditing && isActive && isInline(column) ? (
        <CaseCellEditor column={column} row={shown} edit={rest.edit} actions={actions} />
      ) : (
        <CellText {...{ column, mark }} row={shown} isSelected={rest.isSelected} canEdit={rest.canEdit} />
      )}
    </div>
  );
}

interface CellTextProps {
  column: GridColumn;
  row: DraftRow;
  mark: Mark | undefined;
  isSelected: boolean;
  canEdit: boolean;
}

function CellText({ column, row, mark, isSelected, canEdit }: CellTextProps): ReactNode {
  switch (column) {
    case "select":
      return canEdit && <Tick isOn={isSelected} />;
    case "key":
      return (
        <span className="flex min-w-0 items-center gap-1.5">
          {mark !== undefined && <MarkBadge mark={mark} />}
          <OneLine
            text={row.key}
            className={clsx("font-mono text-sm", mark === "removed" && "line-through")}
          />
        </span>
      );
    case "input":
      return <OneLine text={row.input} className={mark === "removed" ? "line-through" : ""} />;
    case "expected":
      return <OneLine text={row.expected ?? ""} className="text-sm" />;
    case "tags":
      return <TagLine tags={row.tags} />;
    case "group":
      return <OneLine text={row.group ?? ""} className="text-sm text-ink-soft" />;
  }
}

/** Apart from the cell, so that the many rows without one do without its texts. */
function MarkBadge({ mark }: { mark: Mark }) {
  const { t } = useTranslation("datasets");
  return <Badge tone={MARK_TONES[mark]}>{t(`marks.${mark}`)}</Badge>;
}

/** A box that the row itself ticks, as the whole cell does. */
function Tick({ isOn }: { isOn: boolean }) {
  return (
    <span
      aria-hidden
      className={clsx(
        "grid size-4.5 place-items-center rounded border text-xs leading-none font-bold",
        isOn ? "border-accent bg-accent text-on-accent" : "border-line-strong",
      )}
    >
      {isOn ? "✓" : ""}
    </span>
  );
}

function OneLine({ text, className }: { text: string; className?: string }) {
  return (
    <Bdi dir="auto" className={clsx("block max-h-6 min-w-0 truncate", className)} title={text}>
      {showHidden(text.replaceAll(/[\r\n\t]+/g, " "))}
    </Bdi>
  );
}

const TAGS_SHOWN = 3;

function TagLine({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden" title={showHidden(tags.join(", "))}>
      {tags.slice(0, TAGS_SHOWN).map((tag) => (
        <Badge key={tag}>
          <Bdi className="truncate">{tag}</Bdi>
        </Badge>
      ))}
      {tags.length > TAGS_SHOWN && <span className="text-xs text-ink-soft">+{tags.length - TAGS_SHOWN}</span>}
    </span>
  );
}

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

const CELL = "h-full min-w-0 content-center px-3 -outline-offset-2";
/** What a click opens or picks is told by the pointer. */
const CELL_LOOKS: Record<GridColumn, string> = {
  select: `${CELL} cursor-pointer`,
  key: `${CELL} cursor-pointer`,
  input: `${CELL} cursor-pointer`,
  expected: `${CELL} cursor-default`,
  tags: `${CELL} cursor-default`,
  group: `${CELL} cursor-default`,
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

/**
 * Drawn again only when something of its own has changed: scrolling moves rows, and leaves them as they are. What is
 * drawn then is drawn at every step of the wheel, so that a row is one component with few elements in it, placed by
 * `top`: rows that are transformed would each be a layer's piece of their own. The table hears its cells' events.
 */
export const CaseGridRow = memo(function CaseGridRow(props: CaseGridRowProps) {
  const { index, topPx, row, isAdded, edit, isRemoved, isSelected, activeColumn, isEditing, canEdit } = props;
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
        "absolute left-0 grid h-11 w-full items-center border-b border-line [contain:strict]",
        isSelected ? "bg-accent-soft" : mark === undefined ? "hover:bg-raised/60" : MARK_LINES[mark],
      )}
      style={{ gridTemplateColumns: GRID_TEMPLATE, top: topPx }}
    >
      {GRID_COLUMNS.map((column, at) => (
        // biome-ignore lint/a11y/useSemanticElements: no table element can hold 100,000 rows
        <div
          key={column}
          role="gridcell"
          aria-colindex={at + 1}
          tabIndex={activeColumn === at ? 0 : -1}
          className={CELL_LOOKS[column]}
        >
          {shown === undefined ? (
            <span className="block h-3 w-2/3 rounded bg-raised" />
          ) : isEditing && activeColumn === at && isInline(column) ? (
            <CaseCellEditor column={column} row={shown} edit={edit} actions={props.actions} />
          ) : (
            contentOf(column, { row: shown, mark, isSelected, canEdit })
          )}
        </div>
      ))}
    </div>
  );
});

interface CellContent {
  row: DraftRow;
  mark: Mark | undefined;
  isSelected: boolean;
  canEdit: boolean;
}

function contentOf(column: GridColumn, { row, mark, isSelected, canEdit }: CellContent): ReactNode {
  switch (column) {
    case "select":
      return canEdit && tick(isSelected);
    case "key":
      if (mark === undefined) return line(row.key, "font-mono text-sm");
      return (
        <span className="flex min-w-0 items-center gap-1.5">
          <MarkBadge mark={mark} />
          {line(row.key, clsx("font-mono text-sm", mark === "removed" && "line-through"))}
        </span>
      );
    case "input":
      return line(row.input, mark === "removed" ? "line-through" : "");
    case "expected":
      return line(row.expected ?? "", "text-sm");
    case "tags":
      return tagLine(row.tags);
    case "group":
      return line(row.group ?? "", "text-sm text-ink-soft");
  }
}

/** Apart from the row, so that the many rows without one do without its texts. */
function MarkBadge({ mark }: { mark: Mark }) {
  const { t } = useTranslation("datasets");
  return <Badge tone={MARK_TONES[mark]}>{t(`marks.${mark}`)}</Badge>;
}

/** A box that the row itself ticks, as the whole cell does. */
function tick(isOn: boolean): ReactNode {
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

function line(text: string, className: string): ReactNode {
  return (
    <Bdi className={clsx("block max-h-6 min-w-0 truncate", className)} title={text}>
      {text.replaceAll(/[\r\n\t]+/g, " ")}
    </Bdi>
  );
}

const TAGS_SHOWN = 3;

/** Each tag in a place of its own, so that another row's tag is written where this one's was. */
function tagLine(tags: readonly string[]): ReactNode {
  const [first, second, third] = tags;
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden" title={showHidden(tags.join(", "))}>
      {first !== undefined && tag(first)}
      {second !== undefined && tag(second)}
      {third !== undefined && tag(third)}
      {tags.length > TAGS_SHOWN && <span className="text-xs text-ink-soft">+{tags.length - TAGS_SHOWN}</span>}
    </span>
  );
}

function tag(name: string): ReactNode {
  return (
    <Bdi className="min-w-0 truncate rounded-md bg-raised px-1.5 py-0.5 text-xs font-semibold text-ink-soft">
      {name}
    </Bdi>
  );
}

import type { Case } from "@assay/core";
import { applyCaseEdit } from "@assay/core/plain";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../components/toast.tsx";
import { caseWithCell, cellText } from "./case-cell.ts";
import type { DraftEdit, DraftRow } from "./draft.ts";
import type { InlineColumn } from "./grid-columns.ts";
import type { RowActions } from "./use-row-actions.ts";

interface CaseCellEditorProps {
  column: InlineColumn;
  row: DraftRow;
  edit: DraftEdit | undefined;
  actions: RowActions;
}

interface Loaded {
  base: Case | undefined;
  before: Case;
}

/** Enter or leaving the cell keeps what was typed in the draft, Escape forgets it. */
export function CaseCellEditor({ column, row, edit, actions }: CaseCellEditorProps) {
  const { t } = useTranslation("datasets");
  const field = useRef<HTMLInputElement>(null);
  const [loaded, setLoaded] = useState<Loaded>();
  const [text, setText] = useState<string>();
  const isDone = useRef(false);
  useEffect(() => {
    actions.load(row.key).then(
      ({ base, own }) => {
        const before =
          own ?? (edit === undefined || base === undefined ? base : applyCaseEdit(base, edit.edit));
        if (before !== undefined) setLoaded({ base, before });
      },
      () => {
        notify(t("caseUnread"));
        actions.endEdit();
      },
    );
    field.current?.focus();
  }, [actions, row.key, edit, t]);
  const shown = text ?? (loaded === undefined ? "" : cellText(loaded.before, column));
  const after =
    loaded === undefined || text === undefined ? loaded?.before : caseWithCell(loaded.before, column, text);
  const end = (isKept: boolean) => {
    if (isDone.current) return;
    if (isKept && after === undefined && loaded !== undefined) return;
    isDone.current = true;
    if (isKept && loaded !== undefined && after !== undefined && text !== undefined)
      actions.save(loaded.base, after);
    const cell = field.current?.closest<HTMLElement>("[role=gridcell]");
    actions.endEdit();
    cell?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === "Enter");
  };
  return (
    <input
      ref={field}
      aria-label={t(`columns.${column}`)}
      aria-invalid={loaded !== undefined && after === undefined}
      title={loaded !== undefined && after === undefined ? t(`wrongCell.${column}`) : undefined}
      readOnly={loaded === undefined}
      value={shown}
      onChange={({ target }) => setText(target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => end(after !== undefined)}
      className="h-8 w-full rounded-md border border-accent bg-surface px-2 text-sm aria-invalid:border-bad"
    />
  );
}

import type { PromptContent } from "@assay/core";
import { Play, Square } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { type Answer, isRunning } from "./answer.ts";
import { AnswerView } from "./answer-view.tsx";
import { type Column, DRAFT_EDIT, isDraft, isPlain } from "./column.ts";
import { ColumnMenu } from "./column-menu.tsx";
import { columnName } from "./column-name.ts";
import { ColumnPicker } from "./column-picker.tsx";
import type { ColumnsProps } from "./columns-props.ts";
import { EditContentDialog } from "./edit-content-dialog.tsx";
import { freshEdit } from "./edited-content.ts";
import { SaveVersionDialog } from "./save-version-dialog.tsx";
import type { ColumnContent } from "./use-column-contents.ts";
import { useEditorDraft } from "./use-editor-draft.ts";

interface ColumnPanelProps extends ColumnsProps {
  column: Column;
  content: ColumnContent | undefined;
  answer: Answer | undefined;
  onRun: () => void;
  onStop: () => void;
  onColumn: (column: Column) => void;
  onRemove: (() => void) | undefined;
  onCopy: () => void;
  onUseAnswer: (text: string) => void;
  onSaveCase: (expected: string) => void;
}

/** One column: what is asked, and its answer. */
export function ColumnPanel(props: ColumnPanelProps) {
  const { t } = useTranslation("playground");
  const { column, content, answer, onRun, onStop } = props;
  const isRefused = !useMay("edit") && !isPlain(column);
  return (
    <section
      aria-label={columnName(column, t)}
      className="flex min-w-0 flex-col gap-3 rounded-xl border border-line bg-surface p-3.5"
    >
      <ColumnHead {...props} />
      <div className="flex flex-wrap items-center gap-2">
        {isRunning(answer) ? (
          <Button isSmall icon={<Square className="size-4" aria-hidden />} onClick={onStop}>
            {t("stop")}
          </Button>
        ) : (
          <Button
            isSmall
            icon={<Play className="size-4" aria-hidden />}
            disabled={content?.content === undefined || isRefused}
            title={isRefused ? t("needsEdit") : undefined}
            onClick={onRun}
          >
            {t("runOne")}
          </Button>
        )}
      </div>
      {content?.version === null && <p className="text-bad">{t("noSuchLabel", { label: column.at })}</p>}
      <ErrorNotice error={content?.error} />
      {isRefused && <p className="text-sm text-ink-soft">{t("needsEdit")}</p>}
      <AnswerView answer={answer} onUseAnswer={props.onUseAnswer} onSaveCase={props.onSaveCase} />
    </section>
  );
}

function ColumnHead(props: ColumnPanelProps) {
  const { prompt, column, content, labels, edits, onEdit, onColumn, onRemove, onCopy } = props;
  const [open, setOpen] = useState<"edit" | "save" | null>(null);
  const asked = content?.content;
  const draft = useEditorDraft(prompt);
  const takeDraft = () => {
    if (draft) onColumn({ at: draft.at, edit: DRAFT_EDIT });
  };
  const edit = () => {
    if ((column.edit === undefined || isDraft(column)) && asked !== undefined) {
      const name = freshEdit(edits);
      onEdit(name, asked);
      onColumn({ at: column.at, edit: name });
    }
    setOpen("edit");
  };
  const close = () => setOpen(null);
  const change = (next: PromptContent) => column.edit !== undefined && onEdit(column.edit, next);
  return (
    <>
      <div className="flex items-start gap-2">
        <ColumnPicker column={column} content={content} labels={labels} prompt={prompt} onColumn={onColumn} />
        <ColumnMenu
          column={column}
          onEdit={asked && edit}
          onTakeDraft={draft && !isDraft(column) ? takeDraft : undefined}
          onSave={isPlain(column) ? undefined : () => setOpen("save")}
          onReset={isPlain(column) ? undefined : () => onColumn({ at: column.at })}
          onCopy={onCopy}
          onRemove={onRemove}
        />
      </div>
      {open === "edit" && asked !== undefined && (
        <EditContentDialog content={asked} onChange={change} onClose={close} />
      )}
      {open === "save" && asked !== undefined && (
        <SaveVersionDialog
          prompt={prompt}
          content={asked}
          onClose={close}
          onSaved={(version) => onColumn({ at: String(version) })}
        />
      )}
    </>
  );
}

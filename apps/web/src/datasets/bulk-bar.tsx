import type { CaseFilter, Dataset } from "@assay/core";
import { LIMITS } from "@assay/core/plain";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAsk } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { useFormat } from "../i18n/format.ts";
import { splitTags } from "./case-cell.ts";
import { type BulkEdit, type Draft, withBulk, withRemoved } from "./draft.ts";
import type { Selection } from "./use-selection.ts";

interface BulkBarProps {
  dataset: Dataset;
  version: number | null;
  filter: CaseFilter;
  selection: Selection;
  canEdit: boolean;
  /** How many cases the filter finds. */
  count: number;
  onChange: (update: (draft: Draft) => Draft) => void;
}

/** What can be done to many cases at once. */
export function BulkBar({ dataset, version, filter, selection, canEdit, count, onChange }: BulkBarProps) {
  const { t } = useTranslation("datasets");
  const format = useFormat();
  const ask = useAsk("listCaseKeys");
  const [error, setError] = useState<unknown>(null);
  const [open, setOpen] = useState<"tags" | "group" | null>(null);
  if (!canEdit || version === null || count === 0) return null;
  const keys = [...selection.keys];
  const selectAll = async () => {
    setError(null);
    try {
      selection.set((await ask({ dataset: dataset.slug, version, ...filter })).keys);
    } catch (refusal) {
      setError(refusal);
    }
  };
  const apply = (bulk: BulkEdit) => {
    onChange((draft) => withBulk(draft, keys, bulk));
    selection.clear();
    setOpen(null);
  };
  const remove = () => {
    onChange((draft) => withRemoved(draft, keys));
    selection.clear();
  };
  return (
    <section aria-label={t("selection")} className="flex flex-wrap items-center gap-2 text-sm">
      <p role="status" className="text-ink-soft">
        {keys.length > 0 && t("selected", { count: keys.length, cases: format.integer(keys.length) })}
      </p>
      {count <= LIMITS.caseChangesMax && (
        <Button isSmall look="quiet" onClick={() => void selectAll()}>
          {t("selectAll", { count, cases: format.integer(count) })}
        </Button>
      )}
      {keys.length > 0 && (
        <>
          <Button isSmall onClick={() => setOpen("tags")}>
            {t("editTags")}
          </Button>
          <Button isSmall onClick={() => setOpen("group")}>
            {t("editGroup")}
          </Button>
          <Button isSmall look="danger" onClick={remove}>
            {t("removeCases")}
          </Button>
          <Button isSmall look="quiet" onClick={selection.clear}>
            {t("selectNone")}
          </Button>
        </>
      )}
      <ErrorNotice error={error} />
      {open === "tags" && <TagsDialog count={keys.length} onApply={apply} onClose={() => setOpen(null)} />}
      {open === "group" && <GroupDialog count={keys.length} onApply={apply} onClose={() => setOpen(null)} />}
    </section>
  );
}

interface BulkDialogProps {
  count: number;
  onApply: (bulk: BulkEdit) => void;
  onClose: () => void;
}

function TagsDialog({ count, onApply, onClose }: BulkDialogProps) {
  const { t } = useTranslation("datasets");
  const submit = async (form: FormData) =>
    onApply({
      addTags: splitTags(textIn(form, "add") ?? ""),
      removeTags: splitTags(textIn(form, "remove") ?? ""),
    });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("editTags")}
      description={t("ofSelected", { count })}
      submitText={t("apply")}
      onSubmit={submit}
    >
      <TextField name="add" label={t("addTags")} hint={t("tagsHint")} autoComplete="off" />
      <TextField name="remove" label={t("removeTags")} autoComplete="off" />
    </FormDialog>
  );
}

function GroupDialog({ count, onApply, onClose }: BulkDialogProps) {
  const { t } = useTranslation("datasets");
  const submit = async (form: FormData) => onApply({ group: textIn(form, "group") ?? null });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("editGroup")}
      description={t("ofSelected", { count })}
      submitText={t("apply")}
      onSubmit={submit}
    >
      <p className="text-sm text-ink-soft">{t("groupText")}</p>
      <TextField
        name="group"
        label={t("group")}
        hint={t("groupHint")}
        maxLength={LIMITS.caseGroupLengthMax}
        autoComplete="off"
      />
    </FormDialog>
  );
}

import { ClientError } from "@assay/client";
import type { Dataset } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { TextArea } from "../components/field.tsx";
import { notify } from "../components/toast.tsx";
import { MARK_TONES } from "./case-grid-row.tsx";
import { changesOf, countsOf, type Draft, isEmptyDraft, type Mark, withRestored } from "./draft.ts";
import { GateHint } from "./gate-hint.tsx";
import type { Go } from "./page-props.ts";
import { useCountText } from "./use-count-text.ts";
import type { DraftHandle } from "./use-draft.ts";

const LISTED_MAX = 200;

interface PublishDialogProps {
  dataset: Dataset;
  drafting: DraftHandle;
  go: Go;
  onClose: () => void;
}

/** The last look before a version is made: each change with a way back, what it means for gates, and a note. */
export function PublishDialog({ dataset, drafting, go, onClose }: PublishDialogProps) {
  const { t } = useTranslation("datasets");
  const countText = useCountText();
  const { draft, change, forget } = drafting;
  const [error, setError] = useState<unknown>(null);
  const publish = useWrite("changeDataset", [
    "getDataset",
    "listDatasets",
    "listDatasetVersions",
    "getDatasetUsage",
  ]);
  const submit = async () => {
    setError(null);
    try {
      const { created, version } = await publish.mutateAsync({ dataset: dataset.slug, ...changesOf(draft) });
      forget();
      notify(t(created ? "published" : "nothingNew", { version: version.version }));
      go({ version: undefined });
      onClose();
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("publishAs", { version: (draft.base ?? 0) + 1 })}
      description={countText(countsOf(draft))}
      actions={
        <>
          <Button onClick={onClose}>{t("goOnEditing")}</Button>
          <Button
            look="primary"
            isBusy={publish.isPending}
            disabled={isEmptyDraft(draft)}
            onClick={() => void submit()}
          >
            {t("publish")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextArea
          label={t("note")}
          hint={t("noteHint")}
          maxLength={1_000}
          value={draft.note}
          onChange={({ target }) => change((now) => ({ ...now, note: target.value }))}
        />
        <GateHint dataset={dataset.slug} />
        <ErrorNotice error={error} />
        <RefusedKeys error={error} />
        <ChangeList draft={draft} onRestore={(key) => change((now) => withRestored(now, [key]))} />
      </div>
    </Dialog>
  );
}

/** Which changes the server could not make. */
function RefusedKeys({ error }: { error: unknown }) {
  const { t } = useTranslation("datasets");
  const errors = error instanceof ClientError ? error.details?.errors : undefined;
  if (!Array.isArray(errors) || errors.length === 0) return null;
  return (
    <ul aria-label={t("refusedChanges")} className="list-disc pl-5 text-sm text-bad">
      {(errors as { key: string; message: string }[]).map(({ key, message }) => (
        <li key={key + message}>
          <Bdi className="font-mono">{key}</Bdi> {message}
        </li>
      ))}
    </ul>
  );
}

function ChangeList({ draft, onRestore }: { draft: Draft; onRestore: (key: string) => void }) {
  const { t } = useTranslation("datasets");
  const rows: { key: string; mark: Mark }[] = [
    ...draft.added.map(({ key }) => ({ key, mark: "added" as const })),
    ...[...draft.edits.keys()]
      .filter((key) => !draft.removed.has(key))
      .map((key) => ({ key, mark: "changed" as const })),
    ...[...draft.removed].map((key) => ({ key, mark: "removed" as const })),
  ];
  return (
    <section aria-label={t("changes")}>
      <ul className="flex flex-col divide-y divide-line">
        {rows.slice(0, LISTED_MAX).map(({ key, mark }) => (
          <li key={mark + key} className="flex items-center gap-2 py-1.5">
            <Badge tone={MARK_TONES[mark]}>{t(`marks.${mark}`)}</Badge>
            <Bdi className="min-w-0 flex-1 truncate font-mono text-sm">{key}</Bdi>
            <Button
              isSmall
              look="quiet"
              aria-label={t("undoChangeOf", { key })}
              onClick={() => onRestore(key)}
            >
              {t("undoChange")}
            </Button>
          </li>
        ))}
      </ul>
      {rows.length > LISTED_MAX && (
        <p className="text-sm text-ink-soft">{t("andMore", { count: rows.length - LISTED_MAX })}</p>
      )}
    </section>
  );
}

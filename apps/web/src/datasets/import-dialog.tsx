import type { Dataset } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { notify } from "../components/toast.tsx";
import { useFormat } from "../i18n/format.ts";
import { FileChooser } from "./file-chooser.tsx";
import { ImportColumns } from "./import-columns.tsx";
import { ImportResult } from "./import-result.tsx";
import { type Importing, useImport } from "./use-import.ts";

interface ImportDialogProps {
  dataset: Dataset;
  onClose: () => void;
}

/** From a file to cases, with every wrong row shown before anything is stored. */
export function ImportDialog({ dataset, onClose }: ImportDialogProps) {
  const { t } = useTranslation("datasets");
  const importing = useImport(dataset);
  const { state, choose } = importing;
  const [note, setNote] = useState("");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      shape="wide"
      title={t("importTitle", { dataset: dataset.slug })}
      description={t(`importSteps.${state.step}`)}
      actions={<ImportActions {...{ importing, dataset, note, onClose }} />}
    >
      <div className="flex flex-col gap-4">
        {state.step === "choose" && <FileChooser onFile={(file) => void choose(file)} />}
        {state.step === "columns" && state.check !== undefined && (
          <ImportColumns
            check={state.check}
            plan={state.plan}
            hasVersion={dataset.latestVersion !== null}
            onChange={(plan) => void importing.change(plan)}
          />
        )}
        {state.step === "checked" && state.check !== undefined && (
          <ImportResult
            check={state.check}
            plan={state.plan}
            dataset={dataset}
            fileName={state.file?.name ?? dataset.slug}
            note={note}
            onNote={setNote}
          />
        )}
        <UploadProgress share={state.share} />
        <ErrorNotice error={state.error} />
      </div>
    </Dialog>
  );
}

function ImportActions({
  importing,
  dataset,
  note,
  onClose,
}: {
  importing: Importing;
  dataset: Dataset;
  note: string;
  onClose: () => void;
}) {
  const { t } = useTranslation("datasets");
  const format = useFormat();
  const { state, back, checkAll, store } = importing;
  const isBusy = state.share !== null;
  const { cases = 0, wrongRows = 0 } = state.check ?? {};
  const isReplacing = state.plan.mode === "replace" && dataset.latestVersion !== null;
  const importText = isReplacing ? "importInstead" : wrongRows > 0 ? "importRest" : "importAll";
  const submit = async () => {
    const outcome = await store({ note, skipWrong: wrongRows > 0 });
    if (outcome === undefined) return;
    const { version, created } = outcome;
    notify(t(created ? "published" : "nothingNew", { version: version.version }));
    onClose();
  };
  return (
    <>
      <Button onClick={onClose}>{t("cancel", { ns: "shell" })}</Button>
      {state.step === "columns" && (
        // Leaving a field starts a look at the file: were the button barred meanwhile, the click that left it were lost.
        <Button look="primary" isBusy={isBusy && !state.isLooking} onClick={() => void checkAll()}>
          {t("checkAll")}
        </Button>
      )}
      {state.step === "checked" && (
        <>
          <Button onClick={back}>{t("backToColumns")}</Button>
          <Button look="primary" isBusy={isBusy} disabled={cases === 0} onClick={() => void submit()}>
            {t(importText, { count: cases, cases: format.integer(cases) })}
          </Button>
        </>
      )}
    </>
  );
}

function UploadProgress({ share }: { share: number | null }) {
  const { t } = useTranslation("datasets");
  const format = useFormat();
  if (share === null) return null;
  return (
    <div role="status" className="flex flex-col gap-1 text-sm">
      <progress value={share} className="h-2 w-full accent-accent" aria-label={t("sending")} />
      {share < 1 ? t("sentShare", { share: format.percent(share, 0) }) : t("reading")}
    </div>
  );
}

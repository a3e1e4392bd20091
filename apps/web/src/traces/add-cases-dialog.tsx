import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { DatasetField } from "../components/dataset-field.tsx";
import { Dialog } from "../components/dialog.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { notify } from "../components/toast.tsx";
import { FIRST_MAPPING, mappingDraft } from "./case-mapping.ts";
import { CasesPreview } from "./cases-preview.tsx";
import { MappingForm } from "./mapping-form.tsx";

interface AddCasesDialogProps {
  traces: readonly string[];
  onClose: () => void;
  onAdded: () => void;
}

/** Makes cases of kept requests: what becomes what, and what of it is replaced, is seen before anything is stored. */
export function AddCasesDialog({ traces, onClose, onAdded }: AddCasesDialogProps) {
  const { t } = useTranslation("traces");
  const [dataset, setDataset] = useState("");
  const [fields, setFields] = useState(FIRST_MAPPING);
  const [shown, setShown] = useState(0);
  const add = useWrite("addCasesFromTraces", [
    "getDataset",
    "listDatasets",
    "listDatasetVersions",
    "listCases",
  ]);
  const draft = { traces: [...traces], ...mappingDraft(fields) };
  const submit = async () => {
    const { cases, imported } = await add.mutateAsync({ dataset, ...draft, preview: false });
    const version = imported?.version.version ?? 0;
    notify(t("cases.added", { count: cases.length, dataset, version }));
    onAdded();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      shape="wide"
      title={t("addToDataset", { count: traces.length })}
      actions={
        <>
          <Button onClick={onClose}>{t("cases.cancel")}</Button>
          <Button
            look="primary"
            disabled={dataset === "" || shown === 0}
            isBusy={add.isPending}
            onClick={() => void submit().catch(() => undefined)}
          >
            {t("cases.add", { count: shown })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <DatasetField value={dataset} onChange={setDataset} />
        <MappingForm fields={fields} onChange={setFields} />
        {dataset !== "" && <CasesPreview dataset={dataset} draft={draft} onShown={setShown} />}
        <ErrorNotice error={add.error} />
      </div>
    </Dialog>
  );
}

import type { ChatMessage, Json } from "@assay/core";
import { LIMITS } from "@assay/core/plain";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clientOf } from "../api/tenant-client.ts";
import { useWrite } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { DatasetField } from "../components/dataset-field.tsx";
import { TextArea, TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { notify } from "../components/toast.tsx";
import { type CaseFields, expectedIn, freshCaseKey, newCase } from "./new-case.ts";

interface SaveCaseDialogProps {
  variables: Readonly<Record<string, Json>>;
  messages: readonly ChatMessage[];
  /** An answer that was seen, or nothing. */
  expected: string;
  onClose: () => void;
}

/** Keeps the input that was tried as a case, so that every later version is measured on it. */
export function SaveCaseDialog({ variables, messages, expected, onClose }: SaveCaseDialogProps) {
  const { t } = useTranslation("playground");
  const tenant = useTenant().slug;
  const [dataset, setDataset] = useState("");
  const [fields, setFields] = useState<CaseFields>(() => ({
    key: freshCaseKey(new Date(), Math.random().toString(36).slice(2, 6)),
    expected,
    tags: "",
    group: "",
  }));
  const change = useWrite("changeDataset", ["getDataset", "listDatasets", "listDatasetVersions"]);
  const submit = async () => {
    const { latestVersion } = await clientOf(tenant).getDataset({ dataset });
    const added = [newCase({ variables, messages }, fields)];
    const { version } = await change.mutateAsync({
      dataset,
      base: latestVersion,
      added,
      note: t("caseNote"),
    });
    notify(t("caseSaved", { dataset, version: version.version }));
    onClose();
  };
  const field = (name: keyof CaseFields) => ({
    value: fields[name],
    onChange: ({ target }: { target: { value: string } }) => setFields({ ...fields, [name]: target.value }),
  });
  const isJson = typeof expectedIn(fields.expected) === "object";
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("saveAsCase")}
      description={t("saveCaseHint")}
      submitText={t("saveAsCase")}
      onSubmit={submit}
    >
      <DatasetField value={dataset} onChange={setDataset} isRequired />
      <TextField
        label={t("caseKey")}
        hint={t("caseKeyHint")}
        required
        maxLength={LIMITS.caseKeyLengthMax}
        {...field("key")}
      />
      <TextArea
        label={t("expected")}
        hint={t(isJson ? "expectedJson" : "expectedText")}
        rows={4}
        {...field("expected")}
      />
      <TextField label={t("tags")} hint={t("tagsHint")} {...field("tags")} />
      <TextField
        label={t("group")}
        hint={t("groupHint")}
        maxLength={LIMITS.caseGroupLengthMax}
        {...field("group")}
      />
    </FormDialog>
  );
}

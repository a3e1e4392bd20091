import type { Gate, Suite } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAll, useList, useWrite } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { PagedSelectField } from "../components/paged-select-field.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { notify } from "../components/toast.tsx";
import { policyWords } from "../gate/policy-words.ts";
import { useFormat } from "../i18n/format.ts";

interface SetGateDialogProps {
  prompt: string;
  gate: Gate | undefined;
  onClose: () => void;
}

const CHANGED = ["listGates", "listGateChanges", "listLabels", "getPromotion", "getOverview"] as const;

/** Chooses the suite whose policy counts, and the version of the cases that count. */
export function SetGateDialog({ prompt, gate, onClose }: SetGateDialogProps) {
  const { t } = useTranslation("promotion");
  const suites = useAll("listSuites", {});
  const set = useWrite("setGate", CHANGED);
  const [chosen, setChosen] = useState(gate?.suite ?? "");
  const [datasetVersion, setDatasetVersion] = useState("");
  const offered = (suites.data ?? []).filter(({ spec }) => spec.prompt === prompt && spec.gate !== undefined);
  const suite = offered.find(({ slug }) => slug === chosen) ?? offered[0];
  if (suites.data !== undefined && suite === undefined) return <NoSuite onClose={onClose} />;
  const submit = async () => {
    if (suite?.spec.gate === undefined) return;
    await set.mutateAsync({
      prompt,
      label: suite.spec.gate.label,
      suite: suite.slug,
      suiteVersion: suite.version,
      ...(datasetVersion !== "" && { datasetVersion: Number(datasetVersion) }),
    });
    notify(t("gates.done", { label: suite.spec.gate.label }));
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("gates.setTitle")}
      description={t("gates.setText")}
      submitText={t("gates.setSubmit")}
      onSubmit={submit}
    >
      <SelectField
        label={t("gates.suiteField")}
        hint={t("gates.suiteHint")}
        value={suite?.slug ?? ""}
        onChange={(event) => {
          setChosen(event.target.value);
          setDatasetVersion("");
        }}
        options={offered.map(({ slug, version, spec }) => ({
          value: slug,
          text: t("gates.suiteOption", { suite: slug, version, label: spec.gate?.label }),
        }))}
      />
      {suite !== undefined && (
        <>
          <CasesField suite={suite} value={datasetVersion} onChange={setDatasetVersion} />
          <PolicyPreview suite={suite} />
        </>
      )}
    </FormDialog>
  );
}

interface CasesFieldProps {
  suite: Suite;
  value: string;
  onChange: (value: string) => void;
}

function CasesField({ suite, value, onChange }: CasesFieldProps) {
  const { t } = useTranslation("promotion");
  const versions = useList("listDatasetVersions", { dataset: suite.spec.dataset, limit: 50 });
  return (
    <PagedSelectField
      of={versions}
      label={t("gates.casesField", { dataset: suite.spec.dataset })}
      hint={t("gates.casesHint")}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={[
        { value: "", text: t("gates.newestCases") },
        ...(versions.data ?? []).map(({ version }) => ({
          value: String(version),
          text: t("versionLong", { version }),
        })),
      ]}
    />
  );
}

function PolicyPreview({ suite }: { suite: Suite }) {
  const { t } = useTranslation("promotion");
  const words = { t: useTranslation("gate").t, format: useFormat() };
  if (suite.spec.gate === undefined) return null;
  return (
    <div className="rounded-lg bg-raised px-4 py-3">
      <p className="font-medium">{t("gates.asks", { label: suite.spec.gate.label })}</p>
      <ul className="list-disc pl-5 text-sm">
        {policyWords(suite.spec.gate, words).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="mt-2 text-sm text-ink-soft">
        {t("gates.changePolicy")} <PlaceLink path={`/suites/${suite.slug}`}>{t("gates.toSuite")}</PlaceLink>
      </p>
    </div>
  );
}

function NoSuite({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("promotion");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("gates.setTitle")}
      actions={<Button onClick={onClose}>{t("gates.close")}</Button>}
    >
      <EmptyState
        title={t("gates.noSuite")}
        action={<PlaceLink path="/suites">{t("gates.toSuites")}</PlaceLink>}
      >
        {t("gates.noSuiteText")}
      </EmptyState>
    </Dialog>
  );
}

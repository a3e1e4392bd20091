import type { SuiteSpec } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useAll, useRead } from "../api/use-api.ts";
import { SelectField } from "../components/field.tsx";
import { NumberField } from "../components/number-field.tsx";
import { PromptField } from "../components/prompt-field.tsx";
import { GateForm } from "./gate-form.tsx";
import { ScorerList } from "./scorer-list.tsx";
import { without } from "./without.ts";

interface SpecFormProps {
  spec: SuiteSpec;
  onChange: (spec: SuiteSpec) => void;
}

export function SpecForm({ spec, onChange }: SpecFormProps) {
  const scorers = useRead("listScorers", {});
  const judges = new Set(scorers.data?.items.flatMap(({ type, kind }) => (kind === "judge" ? [type] : [])));
  return (
    <div className="flex flex-col gap-6">
      <WhatIsRun spec={spec} onChange={onChange} />
      <ScorerList scorers={spec.scorers} onChange={(next) => onChange({ ...spec, scorers: next })} />
      <GateForm
        gate={spec.gate}
        hasJudges={spec.scorers.some(({ type, weight }) => weight > 0 && judges.has(type))}
        onChange={(gate) => onChange(gate === undefined ? without(spec, "gate") : { ...spec, gate })}
      />
    </div>
  );
}

function WhatIsRun({ spec, onChange }: SpecFormProps) {
  const { t } = useTranslation("suites");
  const datasets = useAll("listDatasets", {});
  const slugs = (items: readonly { slug: string }[] | undefined, own: string) =>
    [...new Set([own, ...(items ?? []).map(({ slug }) => slug)])].map((slug) => ({
      value: slug,
      text: slug,
    }));
  return (
    <section aria-labelledby="what-is-run" className="flex flex-col gap-3">
      <h2 id="what-is-run" className="text-lg font-semibold">
        {t("whatIsRun")}
      </h2>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        <PromptField
          label={t("prompt")}
          value={spec.prompt}
          onChange={(prompt) => onChange({ ...spec, prompt })}
        />
        <SelectField
          label={t("dataset")}
          value={spec.dataset}
          onChange={({ target }) => onChange({ ...spec, dataset: target.value })}
          options={slugs(datasets.data, spec.dataset)}
        />
        <NumberField
          label={t("repeats")}
          hint={t("repeatsHint")}
          wrongText={t("noNumber")}
          value={spec.repeats}
          onChange={(repeats) => onChange({ ...spec, repeats: repeats ?? 1 })}
        />
        {spec.repeats > 1 && (
          <NumberField
            label={t("passesMin")}
            hint={t("passesMinHint")}
            wrongText={t("noNumber")}
            value={spec.passesMin}
            onChange={(value) =>
              onChange(value === undefined ? without(spec, "passesMin") : { ...spec, passesMin: value })
            }
          />
        )}
        <NumberField
          label={t("passScore")}
          hint={t("passScoreHint")}
          wrongText={t("noNumber")}
          value={spec.passScore}
          onChange={(passScore) => onChange({ ...spec, passScore: passScore ?? 1 })}
        />
      </div>
    </section>
  );
}

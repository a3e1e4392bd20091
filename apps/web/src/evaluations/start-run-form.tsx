import type { Suite } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useList, useRead } from "../api/use-api.ts";
import { CheckField, SelectField, TextField } from "../components/field.tsx";
import { PagedSelectField } from "../components/paged-select-field.tsx";
import type { RunChoice } from "./run-draft-of.ts";

interface StartRunFormProps {
  suites: readonly Suite[];
  choice: RunChoice;
  onChange: (choice: RunChoice) => void;
}

export function StartRunForm({ suites, choice, onChange }: StartRunFormProps) {
  const { t } = useTranslation("evaluations");
  const suite = suites.find(({ slug }) => slug === choice.suite);
  const set = (change: Partial<RunChoice>) => onChange({ ...choice, ...change });
  return (
    <>
      <SelectField
        label={t("suite")}
        hint={t("suiteHint")}
        value={choice.suite}
        onChange={({ target }) => set({ suite: target.value, version: "", tags: [] })}
        options={suites.map(({ slug, spec }) => ({ value: slug, text: `${slug} (${spec.prompt})` }))}
      />
      {suite !== undefined && <VersionField suite={suite} choice={choice} onChange={onChange} />}
    </>
  );
}

/** What is seldom needed. */
export function StartRunOptions({ suites, choice, onChange }: StartRunFormProps) {
  const { t } = useTranslation("evaluations");
  const suite = suites.find(({ slug }) => slug === choice.suite);
  const set = (change: Partial<RunChoice>) => onChange({ ...choice, ...change });
  return (
    <details>
      <summary className="w-fit cursor-pointer font-medium">{t("more")}</summary>
      <div className="mt-3 flex flex-col gap-3">
        <TextField
          label={t("budget")}
          hint={t("budgetHint")}
          inputMode="decimal"
          value={choice.budget}
          onChange={({ target }) => set({ budget: target.value })}
        />
        <CheckField
          label={t("asksAnew")}
          hint={t("asksAnewHint")}
          checked={choice.asksAnew}
          onChange={({ target }) => set({ asksAnew: target.checked })}
        />
        {suite?.spec.gate !== undefined && (
          <CheckField
            label={t("stopsEarly")}
            hint={t("stopsEarlyHint")}
            checked={choice.stopsEarly && choice.cases === "all"}
            disabled={choice.cases !== "all"}
            onChange={({ target }) => set({ stopsEarly: target.checked })}
          />
        )}
      </div>
    </details>
  );
}

function VersionField({ suite, choice, onChange }: { suite: Suite } & Omit<StartRunFormProps, "suites">) {
  const { t } = useTranslation("evaluations");
  const { prompt } = suite.spec;
  const versions = useList("listPromptVersions", { prompt, limit: 100 });
  const labels = useRead("listLabels", { prompt });
  return (
    <PagedSelectField
      of={versions}
      label={t("versionOf", { prompt })}
      value={choice.version}
      onChange={({ target }) => onChange({ ...choice, version: target.value })}
      options={[
        { value: "", text: t("newestVersion") },
        ...(labels.data?.items ?? []).map(({ name, version }) => ({
          value: name,
          text: t("labelled", { label: name, version }),
        })),
        ...(versions.data ?? []).map(({ version, note }) => ({
          value: String(version),
          text: `${t("versionShort", { version })}${note === null ? "" : ` – ${note.slice(0, 60)}`}`,
        })),
      ]}
    />
  );
}

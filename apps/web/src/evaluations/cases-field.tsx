import type { PlannedRun } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { SelectField, TextField } from "../components/field.tsx";
import { useFormat } from "../i18n/format.ts";
import type { RunChoice } from "./run-draft-of.ts";

const WAYS = ["all", "tags", "sample", "failing"] as const;

interface CasesFieldProps {
  tags: PlannedRun["tags"];
  choice: RunChoice;
  onChange: (choice: RunChoice) => void;
}

/** Which of the dataset's cases are run. */
export function CasesField({ tags, choice, onChange }: CasesFieldProps) {
  const { t } = useTranslation("evaluations");
  const set = (change: Partial<RunChoice>) => onChange({ ...choice, ...change });
  return (
    <div className="flex flex-col gap-3">
      <SelectField
        label={t("whichCases")}
        value={choice.cases}
        onChange={({ target }) => set({ cases: WAYS.find((way) => way === target.value) ?? "all" })}
        options={WAYS.filter((way) => way !== "failing" || choice.failingIn !== "").map((value) => ({
          value,
          text: t(`cases.${value}`),
        }))}
      />
      {choice.cases === "tags" && (
        <TagsField tags={tags} chosen={choice.tags} onChange={(chosen) => set({ tags: chosen })} />
      )}
      {choice.cases === "sample" && (
        <TextField
          label={t("sampleSize")}
          hint={t("sampleHint")}
          inputMode="numeric"
          value={choice.sample}
          onChange={({ target }) => set({ sample: target.value })}
        />
      )}
    </div>
  );
}

function TagsField({
  tags,
  chosen,
  onChange,
}: {
  tags: PlannedRun["tags"];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  if (tags.length === 0) return <p className="text-ink-soft">{t("noTags")}</p>;
  return (
    <fieldset className="flex max-h-44 flex-wrap gap-x-4 gap-y-1.5 overflow-y-auto">
      <legend className="mb-1 text-sm font-medium">{t("tags")}</legend>
      {tags.map(({ tag, cases }) => (
        <label key={tag} className="inline-flex items-center gap-1.5">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={chosen.includes(tag)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, tag] : chosen.filter((each) => each !== tag))
            }
          />
          <Bdi className="[overflow-wrap:anywhere]">{tag}</Bdi>
          <span className="tabular text-sm text-ink-soft">{format.integer(cases)}</span>
        </label>
      ))}
    </fieldset>
  );
}

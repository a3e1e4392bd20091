import type { Run } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useAll } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { SelectField } from "../components/field.tsx";
import { PromptField } from "../components/prompt-field.tsx";
import { onlySaid } from "../shell/search-value.ts";
import type { Said } from "./said.ts";

export interface RunFilter {
  suite?: string | undefined;
  prompt?: string | undefined;
  status?: Run["status"] | undefined;
}

const STATUSES: readonly Run["status"][] = ["queued", "running", "completed", "failed", "cancelled"];

export function RunFilters({
  filter,
  onChange,
}: {
  filter: RunFilter;
  onChange: (filter: Said<RunFilter>) => void;
}) {
  const { t } = useTranslation("evaluations");
  const suites = useAll("listSuites", {});
  const all = { value: "", text: t("all") };
  const set = (change: RunFilter) => onChange(onlySaid({ ...filter, ...change }));
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <search aria-label={t("filters")} className="flex flex-wrap items-end gap-3">
      <SelectField
        label={t("suite")}
        className="w-52"
        value={filter.suite ?? ""}
        onChange={({ target }) => set({ suite: target.value || undefined })}
        options={[all, ...(suites.data ?? []).map(({ slug }) => ({ value: slug, text: slug }))]}
      />
      <PromptField
        label={t("prompt")}
        className="w-52"
        value={filter.prompt ?? ""}
        noneText={t("all")}
        onChange={(prompt) => set({ prompt: prompt || undefined })}
      />
      <SelectField
        label={t("statusLabel")}
        className="w-44"
        value={filter.status ?? ""}
        onChange={({ target }) => set({ status: STATUSES.find((each) => each === target.value) })}
        options={[all, ...STATUSES.map((value) => ({ value, text: t(`status.${value}`) }))]}
      />
      {isFiltered && (
        <Button look="quiet" className="mb-1" onClick={() => onChange({})}>
          {t("clearFilters")}
        </Button>
      )}
    </search>
  );
}

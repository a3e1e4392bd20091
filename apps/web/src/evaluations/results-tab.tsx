import type { Run } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField } from "../components/field.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { onlySaid } from "../shell/search-value.ts";
import { type ResultFilter, resultListOf } from "./result-filter.ts";
import { ResultsTable } from "./results-table.tsx";
import { isActive } from "./run-status.tsx";
import type { Said } from "./said.ts";

const EVERY_MS = 3_000;
const SHOWS = ["notPassed", "passed", "notScored", "failed"] as const;

interface ResultsTabProps {
  run: Run;
  filter: ResultFilter;
  onFilter: (filter: Said<ResultFilter>) => void;
  onCase: (key: string) => void;
}

export function ResultsTab({ run, filter, onFilter, onCase }: ResultsTabProps) {
  const { t } = useTranslation("evaluations");
  const results = useList("listRunResults", resultListOf(run.id, filter), {
    everyMs: isActive(run) && EVERY_MS,
  });
  const tags = run.summary?.tags.map(({ tag }) => tag) ?? [];
  const known = filter.tag === undefined || tags.includes(filter.tag) ? tags : [filter.tag, ...tags];
  const { show, tag } = filter;
  const set = (change: ResultFilter) => onFilter(onlySaid({ show, tag, ...change }));
  return (
    <div className="flex flex-col gap-4">
      <search aria-label={t("filters")} className="flex flex-wrap items-end gap-3">
        <SelectField
          label={t("show")}
          className="w-52"
          value={show ?? ""}
          onChange={({ target }) => set({ show: SHOWS.find((each) => each === target.value) })}
          options={[
            { value: "", text: t("all") },
            ...SHOWS.map((value) => ({ value, text: t(`showing.${value}`) })),
          ]}
        />
        <SelectField
          label={t("tag")}
          className="w-52"
          value={tag ?? ""}
          onChange={({ target }) => set({ tag: target.value || undefined })}
          options={[{ value: "", text: t("all") }, ...known.map((value) => ({ value, text: value }))]}
        />
      </search>
      <Loaded from={results}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("noResults")}>{t("noResultsText")}</EmptyState>
          ) : (
            <ResultsTable results={rows} onCase={onCase} />
          )
        }
      </Loaded>
      <MoreButton of={results} />
    </div>
  );
}

import { useTranslation } from "react-i18next";
import { useAll, useRead } from "../api/use-api.ts";
import { SelectField } from "../components/field.tsx";
import type { SearchChange } from "./playground-page.tsx";
import { CASE_COUNTS, type PlaygroundSearch } from "./playground-search.ts";

interface CasesChooserProps {
  prompt: string;
  search: PlaygroundSearch;
  /** Newest version of the dataset; null where there is none. */
  version: number | null;
  onChange: SearchChange;
}

/** Which cases, how many of them, and whose scorers judge the answers. */
export function CasesChooser({ prompt, search, version, onChange }: CasesChooserProps) {
  const { t } = useTranslation("playground");
  const datasets = useAll("listDatasets", {});
  const suites = useAll("listSuites", {});
  const { dataset } = search;
  const facets = useRead(
    "getCaseFacets",
    { dataset: dataset ?? "", version: version ?? 1 },
    { isEnabled: dataset !== undefined && version !== null },
  );
  const fitting = (suites.data ?? []).filter(({ spec }) => spec.prompt === prompt);
  const named = (slug: string) => ({ value: slug, text: slug });
  return (
    <div className="grid grid-cols-2 gap-3 rounded-xl border border-line bg-surface p-3.5 lg:grid-cols-4">
      <SelectField
        label={t("dataset")}
        value={dataset ?? ""}
        options={[
          { value: "", text: t("chooseOne") },
          ...(datasets.data ?? []).map(({ slug }) => named(slug)),
        ]}
        onChange={({ target }) =>
          onChange({
            dataset: target.value || undefined,
            tag: undefined,
            suite: search.suite ?? fitting.find(({ spec }) => spec.dataset === target.value)?.slug,
          })
        }
      />
      <SelectField
        label={t("tag")}
        value={search.tag ?? ""}
        options={[
          { value: "", text: t("anyTag") },
          ...(facets.data?.tags ?? []).map(({ name, cases }) => ({
            value: name,
            text: `${name} (${cases})`,
          })),
        ]}
        onChange={({ target }) => onChange({ tag: target.value || undefined })}
      />
      <SelectField
        label={t("howMany")}
        value={String(search.count ?? 20)}
        options={CASE_COUNTS.map((count) => ({ value: String(count), text: t("firstCases", { count }) }))}
        onChange={({ target }) => onChange({ count: Number(target.value) })}
      />
      <SelectField
        label={t("scorers")}
        value={search.suite ?? ""}
        options={[{ value: "", text: t("noScorers") }, ...fitting.map(({ slug }) => named(slug))]}
        // With the dataset, for a suite that was chosen beforehand not to come back.
        onChange={({ target }) => onChange({ dataset, suite: target.value || undefined })}
      />
    </div>
  );
}

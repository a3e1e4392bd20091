import { useTranslation } from "react-i18next";
import { SelectField } from "../components/field.tsx";
import { FilterField } from "../components/filter-field.tsx";
import { PromptField } from "../components/prompt-field.tsx";
import { SOURCES, STATUSES, type TraceSearch } from "./trace-search.ts";
import type { TraceChange } from "./use-trace-filter.ts";

interface TraceFiltersProps {
  search: TraceSearch;
  onChange: (change: TraceChange) => void;
}

/** Every filter of the list; each is in the address, so that what is seen can be sent to somebody. */
export function TraceFilters({ search, onChange }: TraceFiltersProps) {
  const { t } = useTranslation("traces");
  const any = { value: "", text: t("any") };
  return (
    <search className="grid grid-cols-2 gap-3 rounded-xl border border-line bg-surface p-3.5 sm:grid-cols-3 lg:grid-cols-6">
      <PromptField
        label={t("prompt")}
        value={search.prompt ?? ""}
        noneText={t("any")}
        onChange={(prompt) => onChange({ prompt: prompt || undefined, version: undefined })}
      />
      <FilterField
        label={t("versionNumber")}
        type="number"
        min={1}
        value={search.version?.toString() ?? ""}
        disabled={search.prompt === undefined}
        onCommit={(text) => onChange({ version: numberIn(text) })}
      />
      <FilterField
        label={t("label")}
        value={search.label ?? ""}
        onCommit={(text) => onChange({ label: text || undefined })}
      />
      <SelectField
        label={t("status")}
        value={search.status ?? ""}
        options={[any, ...STATUSES.map((value) => ({ value, text: t(`statuses.${value}`) }))]}
        onChange={({ target }) => onChange({ status: STATUSES.find((each) => each === target.value) })}
      />
      <SelectField
        label={t("source")}
        value={search.source ?? ""}
        options={[any, ...SOURCES.map((value) => ({ value, text: t(`sources.${value}`) }))]}
        onChange={({ target }) => onChange({ source: SOURCES.find((each) => each === target.value) })}
      />
      <MoreFilters search={search} onChange={onChange} />
    </search>
  );
}

function MoreFilters({ search, onChange }: TraceFiltersProps) {
  const { t } = useTranslation("traces");
  const flag = (name: "hasContent" | "hasFeedback") => ({
    label: t(name),
    value: String(search[name] ?? ""),
    options: [
      { value: "", text: t("any") },
      { value: "true", text: t("yes") },
      { value: "false", text: t("no") },
    ],
    onChange: ({ target }: { target: { value: string } }) =>
      onChange({ [name]: target.value === "" ? undefined : target.value === "true" }),
  });
  const score = (name: "minScore" | "maxScore") => ({
    label: t(name),
    type: "number",
    min: 0,
    max: 1,
    step: 0.1,
    value: search[name]?.toString() ?? "",
    onCommit: (text: string) => onChange({ [name]: numberIn(text) }),
  });
  const day = (name: "since" | "until") => ({
    label: t(name),
    type: "date",
    value: search[name] ?? "",
    onCommit: (text: string) => onChange({ [name]: text || undefined }),
  });
  return (
    <>
      <SelectField {...flag("hasContent")} />
      <SelectField {...flag("hasFeedback")} />
      <FilterField {...score("minScore")} />
      <FilterField {...score("maxScore")} />
      <FilterField {...day("since")} />
      <FilterField {...day("until")} />
    </>
  );
}

function numberIn(text: string): number | undefined {
  return text === "" ? undefined : Number(text);
}

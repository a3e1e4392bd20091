import type { CaseChange, ComparedCase, Comparison } from "@assay/core";
import { ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Badge, type Tone } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField } from "../components/field.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { onlySaid } from "../shell/search-value.ts";
import { ComparedAnswers } from "./compared-answers.tsx";
import type { Said } from "./said.ts";

const CHANGES: readonly CaseChange[] = ["lost", "gained", "changed", "unknown", "same"];
const CASES_PER_PAGE = 10;
const TONES: Record<CaseChange, Tone> = {
  lost: "bad",
  gained: "good",
  changed: "info",
  unknown: "warn",
  same: "neutral",
};

interface Filter {
  change?: CaseChange | undefined;
  tag?: string | undefined;
}

interface ComparedCasesProps {
  runs: string;
  comparison: Comparison;
  filter: Filter;
  onFilter: (filter: Said<Filter>) => void;
}

/** Case by case, what got worse first; each opens to the answers beside each other. */
export function ComparedCases({ runs, comparison, filter, onFilter }: ComparedCasesProps) {
  const { t } = useTranslation("evaluations");
  const { change, tag } = filter;
  const cases = useList("listComparedCases", { runs, limit: CASES_PER_PAGE, ...onlySaid({ change, tag }) });
  const tags = comparison.runs[0]?.summary.tags.map((each) => each.tag) ?? [];
  const set = (next: Filter) => onFilter(onlySaid({ change, tag, ...next }));
  return (
    <section className="flex flex-col gap-3" aria-labelledby="case-by-case">
      <h2 id="case-by-case" className="text-lg font-semibold">
        {t("caseByCase")}
      </h2>
      <search aria-label={t("filters")} className="flex flex-wrap gap-3">
        <SelectField
          label={t("change")}
          className="w-72 max-w-full"
          value={change ?? ""}
          onChange={({ target }) => set({ change: CHANGES.find((each) => each === target.value) })}
          options={[
            { value: "", text: t("allByChange") },
            ...CHANGES.map((value) => ({ value, text: t(`caseChange.${value}`) })),
          ]}
        />
        <SelectField
          label={t("tag")}
          className="w-52"
          value={tag ?? ""}
          onChange={({ target }) => set({ tag: target.value || undefined })}
          options={[{ value: "", text: t("all") }, ...tags.map((value) => ({ value, text: value }))]}
        />
      </search>
      <Loaded from={cases}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("noResults")}>{t("noResultsText")}</EmptyState>
          ) : (
            <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
              {rows.map((one) => (
                <CaseRow key={one.caseKey} one={one} comparison={comparison} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton of={cases} />
    </section>
  );
}

function CaseRow({ one, comparison }: { one: ComparedCase; comparison: Comparison }) {
  const { t } = useTranslation("evaluations");
  return (
    <li>
      <details open={one.change === "lost" ? true : undefined}>
        <summary className="flex cursor-pointer flex-wrap items-center gap-2 px-4 py-2.5 hover:bg-raised/50">
          <ChevronRight className="size-4 text-ink-soft transition-transform in-open:rotate-90" aria-hidden />
          <Badge tone={TONES[one.change]}>{t(`caseChange.${one.change}`)}</Badge>
          <Bdi className="font-medium [overflow-wrap:anywhere]">{one.caseKey}</Bdi>
          <Bdi className="text-sm text-ink-soft [overflow-wrap:anywhere]">{one.tags.join(", ")}</Bdi>
        </summary>
        <ComparedAnswers one={one} comparison={comparison} />
      </details>
    </li>
  );
}

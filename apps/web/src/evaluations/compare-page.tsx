import { createLazyRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Card } from "../components/card.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField } from "../components/field.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ComparedCases } from "./compared-cases.tsx";
import { ComparedRunsTable } from "./compared-runs-table.tsx";
import { DeltasTable } from "./deltas-table.tsx";
import { ExportComparison } from "./export-comparison.tsx";
import { nameOfRun } from "./name-of-run.ts";
import { ParetoPlot } from "./pareto-plot.tsx";

export const route = createLazyRoute("/person/t/$tenant/evaluations/compare")({ component: ComparePage });

function ComparePage() {
  const { t } = useTranslation("evaluations");
  const { runs } = route.useSearch();
  const isEnough = runs?.includes(",") === true;
  return (
    <Page
      title={t("compare")}
      above={<PlaceLink path="/evaluations">{t("title")}</PlaceLink>}
      subtitle={t("compareText")}
      actions={isEnough && <ExportComparison runs={runs} />}
    >
      {isEnough ? (
        <ComparedPage runs={runs} />
      ) : (
        <EmptyState
          title={t("nothingToCompare")}
          action={<PlaceLink path="/evaluations">{t("toRuns")}</PlaceLink>}
        >
          {t("nothingToCompareText")}
        </EmptyState>
      )}
    </Page>
  );
}

function ComparedPage({ runs }: { runs: string }) {
  const { t } = useTranslation("evaluations");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead("compareRuns", { runs });
  return (
    <Loaded from={read}>
      {(comparison) => {
        const others = comparison.runs.slice(1);
        const beside = others.find(({ runId }) => runId === search.beside) ?? others[0];
        const hold = (base: string) => {
          const ids = [base, ...runs.split(",").filter((id) => id !== base)];
          const { beside: _, ...rest } = search;
          void navigate({ search: { ...rest, runs: ids.join(",") }, resetScroll: false });
        };
        return (
          <>
            <ComparedRunsTable comparison={comparison} onBase={hold} />
            <ComparedCases
              runs={runs}
              comparison={comparison}
              filter={search}
              onFilter={(next) => void navigate({ search: { ...next, runs }, resetScroll: false })}
            />
            <div className="grid gap-5 lg:grid-cols-2">
              <Card title={t("qualityAndCost")}>
                <ParetoPlot runs={comparison.runs} by="cost" />
              </Card>
              <Card title={t("qualityAndSpeed")}>
                <ParetoPlot runs={comparison.runs} by="latency" />
              </Card>
            </div>
            {others.length > 1 && (
              <SelectField
                className="max-w-md"
                label={t("differencesOf")}
                value={beside?.runId ?? ""}
                onChange={({ target }) =>
                  void navigate({ search: { ...search, beside: target.value }, resetScroll: false })
                }
                options={others.map((run) => ({ value: run.runId, text: nameOfRun(run, t) }))}
              />
            )}
            {beside?.deltas != null && <DeltasTable deltas={beside.deltas} />}
          </>
        );
      }}
    </Loaded>
  );
}

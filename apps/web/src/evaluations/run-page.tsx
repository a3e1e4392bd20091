import { createLazyRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { Tabs } from "../components/tabs.tsx";
import { useFormat } from "../i18n/format.ts";
import { CaseDrawer } from "./case-drawer.tsx";
import { LiveProgress } from "./live-progress.tsx";
import { ResultsTab } from "./results-tab.tsx";
import { RunAbout } from "./run-about.tsx";
import { RunActions } from "./run-actions.tsx";
import { RunOverview } from "./run-overview.tsx";
import { isActive } from "./run-status.tsx";
import { useLiveRun } from "./use-live-run.ts";
import { VerdictCard } from "./verdict-card.tsx";

export const route = createLazyRoute("/person/t/$tenant/evaluations/$run")({ component: RunPage });

function RunPage() {
  const { t } = useTranslation("evaluations");
  const { run: runId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const format = useFormat();
  const { read, isLost } = useLiveRun(runId);
  const run = read.data;
  const showCase = (key: string | undefined) => {
    const { case: _, ...rest } = search;
    void navigate({ search: key === undefined ? rest : { ...rest, case: key }, resetScroll: false });
  };
  return (
    <Page
      title={
        run === undefined ? t("run") : `${run.prompt} ${t("versionShort", { version: run.promptVersion })}`
      }
      above={<PlaceLink path="/evaluations">{t("title")}</PlaceLink>}
      subtitle={
        run && (
          <>
            <PlaceLink path={`/suites/${run.suite}`}>{run.suite}</PlaceLink>{" "}
            {t("versionShort", { version: run.suiteVersion })} ·{" "}
            <PlaceLink path={`/datasets/${run.dataset}`} search={{ version: run.datasetVersion }}>
              {run.dataset}
            </PlaceLink>{" "}
            {t("versionShort", { version: run.datasetVersion })} · {format.dateTime(run.createdAt)}
          </>
        )
      }
      actions={run && <RunActions run={run} />}
    >
      <Loaded from={read}>
        {(found) => (
          <>
            {isActive(found) && <LiveProgress run={found} isLost={isLost} />}
            <VerdictCard run={found} onCase={showCase} />
            <Tabs
              open={search.tab ?? "overview"}
              onOpen={(tab) => void navigate({ search: { ...search, tab }, resetScroll: false })}
              label={t("partsOfRun")}
              tabs={[
                {
                  name: "overview",
                  title: t("tab.overview"),
                  content: () => <RunOverview run={found} onCase={showCase} />,
                },
                {
                  name: "cases",
                  title: t("tab.cases"),
                  content: () => (
                    <ResultsTab
                      run={found}
                      filter={search}
                      onFilter={(next) =>
                        void navigate({ search: { ...next, tab: "cases" }, resetScroll: false })
                      }
                      onCase={showCase}
                    />
                  ),
                },
                { name: "about", title: t("tab.about"), content: () => <RunAbout run={found} /> },
              ]}
            />
            {search.case !== undefined && (
              <CaseDrawer run={found} filter={search} caseKey={search.case} onCase={showCase} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

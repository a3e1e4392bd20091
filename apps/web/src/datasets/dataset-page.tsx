import type { Dataset } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Bdi } from "../components/bdi.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { Tabs } from "../components/tabs.tsx";
import { useFormat } from "../i18n/format.ts";
import { CasesTab } from "./cases-tab.tsx";
import { DatasetActions } from "./dataset-actions.tsx";
import type { DatasetSearch } from "./dataset-search.ts";
import type { Go } from "./page-props.ts";
import { UsageTab } from "./usage-tab.tsx";
import { VersionsTab } from "./versions-tab.tsx";

export const route = createLazyRoute("/person/t/$tenant/datasets/$dataset")({ component: DatasetPage });

/** How often others' new versions are looked for. */
const REFRESH_MS = 15_000;

function DatasetPage() {
  const { t } = useTranslation("datasets");
  const { dataset: slug } = route.useParams();
  const dataset = useRead("getDataset", { dataset: slug }, { everyMs: REFRESH_MS });
  return (
    <Page
      title={slug}
      above={<PlaceLink path="/datasets">{t("title")}</PlaceLink>}
      subtitle={dataset.data && <Facts of={dataset.data} />}
      actions={dataset.data && <DatasetActions dataset={dataset.data} />}
    >
      <Loaded from={dataset}>{(data) => <DatasetTabs key={data.slug} dataset={data} />}</Loaded>
    </Page>
  );
}

function Facts({ of }: { of: Dataset }) {
  const { t } = useTranslation("datasets");
  const format = useFormat();
  const facts =
    of.caseCount === null
      ? t("noVersion")
      : t("facts", {
          count: of.caseCount,
          cases: format.integer(of.caseCount),
          version: of.latestVersion,
          ago: format.ago(of.updatedAt),
        });
  return (
    <>
      <span>{facts}</span>
      {of.description !== "" && <Bdi className="block [overflow-wrap:anywhere]">{of.description}</Bdi>}
    </>
  );
}

function DatasetTabs({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation("datasets");
  // Which case is open is heard by who shows it: the page is not drawn again when one opens or closes.
  const search = route.useSearch({ select: ({ case: _, ...rest }) => rest, structuralSharing: true });
  const navigate = route.useNavigate();
  const go: Go = useCallback(
    (changes, isReplacing = false) =>
      void navigate({
        search: (now) => ({ ...now, ...changes }) as DatasetSearch,
        replace: isReplacing,
        resetScroll: false,
      }),
    [navigate],
  );
  return (
    <Tabs
      open={search.tab ?? "cases"}
      onOpen={(tab) => go({ tab: tab === "cases" ? undefined : tab })}
      label={t("parts")}
      tabs={[
        {
          name: "cases",
          title: t("tabs.cases"),
          content: () => <CasesTab dataset={dataset} search={search} go={go} />,
        },
        {
          name: "versions",
          title: t("tabs.versions"),
          content: () => <VersionsTab dataset={dataset} search={search} go={go} />,
        },
        {
          name: "usage",
          title: t("tabs.usage"),
          content: () => <UsageTab dataset={dataset} />,
        },
      ]}
    />
  );
}

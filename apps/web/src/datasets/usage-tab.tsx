import type { Dataset, DatasetUsage } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Table } from "../components/table.tsx";

/** What is judged by the dataset, and so what a change of its cases means. */
export function UsageTab({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation("datasets");
  const usage = useRead("getDatasetUsage", { dataset: dataset.slug });
  return (
    <Loaded from={usage}>
      {({ suites, gates }) =>
        suites.length + gates.length === 0 ? (
          <EmptyState title={t("unused")}>{t("unusedText")}</EmptyState>
        ) : (
          <div className="flex flex-col gap-6">
            <section aria-labelledby="suites" className="flex flex-col gap-2">
              <h2 id="suites" className="text-lg font-semibold">
                {t("suites")}
              </h2>
              <p className="max-w-prose text-ink-soft">{t("suitesText")}</p>
              <Table
                caption={t("suites")}
                rows={suites}
                rowKey={({ suite }) => suite}
                columns={[
                  { key: "suite", title: t("suite"), cell: ({ suite }) => suite },
                  { key: "prompt", title: t("prompt"), cell: ({ prompt }) => prompt },
                ]}
              />
            </section>
            {gates.length > 0 && <Gates gates={gates} newest={dataset.latestVersion} />}
          </div>
        )
      }
    </Loaded>
  );
}

function Gates({ gates, newest }: { gates: DatasetUsage["gates"]; newest: number | null }) {
  const { t } = useTranslation("datasets");
  return (
    <section aria-labelledby="gates" className="flex flex-col gap-2">
      <h2 id="gates" className="text-lg font-semibold">
        {t("gates")}
      </h2>
      <p className="max-w-prose text-ink-soft">{t("gatesText")}</p>
      <Table
        caption={t("gates")}
        rows={gates}
        rowKey={({ prompt, label }) => `${prompt} ${label}`}
        columns={[
          { key: "prompt", title: t("prompt"), cell: ({ prompt }) => prompt },
          { key: "label", title: t("label"), cell: ({ label }) => label },
          { key: "suite", title: t("suite"), cell: ({ suite }) => suite },
          {
            key: "version",
            title: t("version"),
            cell: ({ datasetVersion }) => (
              <span className="flex flex-wrap items-center gap-2">
                {datasetVersion}
                {datasetVersion !== newest && <Badge tone="warn">{t("notNewest")}</Badge>}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}

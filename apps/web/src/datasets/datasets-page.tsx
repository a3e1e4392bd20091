import type { Dataset } from "@assay/core";
import { createLazyRoute, Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { CreateDatasetDialog } from "./create-dataset-dialog.tsx";

export const route = createLazyRoute("/person/t/$tenant/datasets")({ component: DatasetsPage });

function DatasetsPage() {
  const { t } = useTranslation("datasets");
  const datasets = useList("listDatasets", {});
  const mayEdit = useMay("edit");
  const [isCreating, setCreating] = useState(false);
  const create = mayEdit && (
    <Button look="primary" icon={<Plus className="size-4" aria-hidden />} onClick={() => setCreating(true)}>
      {t("create")}
    </Button>
  );
  return (
    <Page title={t("title")} subtitle={t("subtitle")} actions={create}>
      <Loaded from={datasets}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("noDatasets")} action={create}>
              {t("noDatasetsText")}
            </EmptyState>
          ) : (
            <DatasetsTable datasets={rows} />
          )
        }
      </Loaded>
      <MoreButton of={datasets} />
      {isCreating && <CreateDatasetDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function DatasetsTable({ datasets }: { datasets: readonly Dataset[] }) {
  const { t } = useTranslation("datasets");
  const format = useFormat();
  return (
    <Table
      caption={t("title")}
      rows={datasets}
      rowKey={({ slug }) => slug}
      columns={[
        { key: "name", title: t("dataset"), cell: (row) => <DatasetName of={row} /> },
        {
          key: "cases",
          title: t("cases"),
          isNumber: true,
          cell: ({ caseCount }) => (caseCount === null ? "–" : format.integer(caseCount)),
        },
        {
          key: "version",
          title: t("version"),
          isNumber: true,
          cell: ({ latestVersion }) => (latestVersion === null ? t("noVersion") : latestVersion),
        },
        { key: "updated", title: t("updated"), cell: ({ updatedAt }) => format.ago(updatedAt) },
      ]}
    />
  );
}

function DatasetName({ of }: { of: Dataset }) {
  const tenant = useTenant().slug;
  return (
    <div className="flex min-w-40 flex-col">
      <Link
        to="/t/$tenant/datasets/$dataset"
        params={{ tenant, dataset: of.slug }}
        className="font-medium text-accent hover:underline"
      >
        {of.slug}
      </Link>
      {of.description !== "" && (
        <Bdi className="line-clamp-2 max-w-prose text-sm text-ink-soft [overflow-wrap:anywhere]">
          {of.description}
        </Bdi>
      )}
    </div>
  );
}

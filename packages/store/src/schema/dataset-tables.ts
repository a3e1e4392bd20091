import type { Case } from "@assay/core";
import type { Kit } from "../kit.ts";
import type { PlatformTables } from "./platform-tables.ts";
import { tenantColumn } from "./tenant-column.ts";

/** Datasets, their immutable versions and the cases of these. */
export function defineDatasetTables(k: Kit, { tenants }: PlatformTables) {
  const tenantId = () => tenantColumn(k, tenants);

  const datasets = k.table(
    "datasets",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      slug: k.text("slug").notNull(),
      description: k.text("description").notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("datasets_slug").on(t.tenantId, t.slug),
      ...k.tenantPolicy("datasets", t.tenantId),
    ],
  );

  const datasetVersions = k.table(
    "dataset_versions",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      datasetId: k.text("dataset_id").notNull(),
      version: k.int("version").notNull(),
      contentSha256: k.text("content_sha256").notNull(),
      caseCount: k.int("case_count").notNull(),
      note: k.text("note"),
      /** The actor that made it; null for versions older than this column. */
      createdBy: k.text("created_by"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("dataset_versions_version").on(t.tenantId, t.datasetId, t.version),
      k
        .foreignKey({
          name: "dataset_versions_dataset_fk",
          columns: [t.tenantId, t.datasetId],
          foreignColumns: [datasets.tenantId, datasets.id],
        })
        .onDelete("cascade"),
      ...k.tenantPolicy("dataset_versions", t.tenantId),
    ],
  );

  const cases = k.table(
    "cases",
    {
      tenantId: tenantId(),
      datasetVersionId: k.text("dataset_version_id").notNull(),
      position: k.int("position").notNull(),
      key: k.text("key").notNull(),
      body: k.json<Case>("body").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.datasetVersionId, t.position] }),
      k.uniqueIndex("cases_key").on(t.tenantId, t.datasetVersionId, t.key),
      k
        .foreignKey({
          name: "cases_dataset_version_fk",
          columns: [t.tenantId, t.datasetVersionId],
          foreignColumns: [datasetVersions.tenantId, datasetVersions.id],
        })
        .onDelete("cascade"),
      ...k.tenantPolicy("cases", t.tenantId),
    ],
  );

  return { datasets, datasetVersions, cases };
}

export type DatasetTables = ReturnType<typeof defineDatasetTables>;

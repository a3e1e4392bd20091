import { z } from "zod";
import { CaseKey } from "../case-names.ts";
import {
  CaseAt,
  CaseFacets,
  CaseFilter,
  CaseKeys,
  CaseWindow,
  CaseWindowQuery,
  DatasetDiff,
  DatasetDiffQuery,
} from "../case-window.ts";
import { Case, Dataset, DatasetDraft, DatasetVersion, ImportedDataset } from "../dataset.ts";
import { DatasetChanges, DatasetUsage } from "../dataset-change.ts";
import { ImportCheck, ImportCheckQuery, ImportOutcome, ImportQuery } from "../dataset-import.ts";
import { LIMITS } from "../limits.ts";
import { Slug, VersionNumber } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import { defineRoutes } from "./route.ts";

const tenant = { plane: "control", audience: "tenant", touches: "tenant" } as const;
const dataset = z.object({ dataset: Slug });
const datasetVersion = z.object({ dataset: Slug, version: VersionNumber });
const file = { kind: "text", contentType: "text/plain", bytesMax: LIMITS.datasetBytesMax } as const;

export const datasetRoutes = defineRoutes({
  createDataset: {
    ...tenant,
    scope: "edit",
    method: "POST",
    path: "/api/datasets",
    summary: "Name a dataset",
    body: { kind: "json", schema: DatasetDraft, bytesMax: LIMITS.bodyBytesMax },
    output: { kind: "json", status: 201, schema: Dataset },
  },
  listDatasets: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/datasets",
    summary: "Datasets of the tenant",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Dataset) },
  },
  getDataset: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/datasets/{dataset}",
    summary: "One dataset",
    params: dataset,
    output: { kind: "json", status: 200, schema: Dataset },
  },
  changeDataset: {
    ...tenant,
    scope: "edit",
    // Not POST, whose answers are kept in one transaction with the change: this one is stored in many.
    method: "PATCH",
    path: "/api/datasets/{dataset}",
    summary: "Publish changes on the newest version as the next one; refused when there is a newer one",
    params: dataset,
    body: { kind: "json", schema: DatasetChanges, bytesMax: LIMITS.datasetChangesBytesMax },
    output: { kind: "json", status: 201, schema: ImportedDataset },
  },
  importDataset: {
    ...tenant,
    scope: "edit",
    method: "POST",
    path: "/api/datasets/{dataset}/versions",
    summary: "Import JSONL or CSV as the next version, all rows or none",
    params: dataset,
    query: ImportQuery,
    body: file,
    output: { kind: "json", status: 201, schema: ImportOutcome },
  },
  listDatasetVersions: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/datasets/{dataset}/versions",
    summary: "Versions of a dataset, newest first",
    params: dataset,
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(DatasetVersion) },
  },
  listCases: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/datasets/{dataset}/versions/{version}/cases",
    summary: "Cases of a dataset version, in their order",
    params: datasetVersion,
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Case) },
  },
  listCaseWindow: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/datasets/{dataset}/versions/{version}/window",
    summary: "A part of a version's cases by place, searched, filtered and in an order, as rows of a table",
    params: datasetVersion,
    query: CaseWindowQuery,
    output: { kind: "json", status: 200, schema: CaseWindow },
  },
  listCaseKeys: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/datasets/{dataset}/versions/{version}/keys",
    summary: `Keys of the cases that a filter finds; refused where there are more than ${LIMITS.caseChangesMax}`,
    params: datasetVersion,
    query: CaseFilter,
    output: { kind: "json", status: 200, schema: CaseKeys },
  },
  getCaseFacets: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/datasets/{dataset}/versions/{version}/facets",
    summary: "Tags and groups of a version with how many cases they have",
    params: datasetVersion,
    output: { kind: "json", status: 200, schema: CaseFacets },
  },
  getCase: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/datasets/{dataset}/versions/{version}/case",
    summary: "One whole case by its key",
    params: datasetVersion,
    query: z.strictObject({ key: CaseKey }),
    output: { kind: "json", status: 200, schema: CaseAt },
  },
  diffDatasetVersions: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/datasets/{dataset}/versions/{version}/diff",
    summary:
      "Cases that a version has added, changed and removed since another; a page of long ones has fewer than asked for",
    params: datasetVersion,
    query: DatasetDiffQuery,
    output: { kind: "json", status: 200, schema: DatasetDiff },
  },
  exportDataset: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/datasets/{dataset}/versions/{version}/export",
    summary: "All cases of a version as a file: JSONL as it is imported, or CSV for a spreadsheet",
    params: datasetVersion,
    query: z.strictObject({ format: z.enum(["jsonl", "csv"]).default("jsonl") }),
    output: { kind: "raw", status: 200, contentType: "text/plain" },
  },
  checkImport: {
    ...tenant,
    storesNothing: true,
    scope: "edit",
    method: "POST",
    path: "/api/datasets/{dataset}/checks",
    summary: "What an import of this file would come to, its wrong rows by line; nothing is stored",
    params: dataset,
    query: ImportCheckQuery,
    body: file,
    output: { kind: "json", status: 200, schema: ImportCheck },
  },
  getDatasetUsage: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/datasets/{dataset}/usage",
    summary: "Suites and gates that judge by a dataset",
    params: dataset,
    output: { kind: "json", status: 200, schema: DatasetUsage },
  },
});

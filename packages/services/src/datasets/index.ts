export { changeDataset } from "./change-dataset.ts";
export { checkImport } from "./check-import.ts";
export { diffDatasetVersions } from "./diff-dataset-versions.ts";
export { type ExportedDataset, exportDataset } from "./export-dataset.ts";
export { getCase } from "./get-case.ts";
export { getCaseFacets } from "./get-case-facets.ts";
export { getDatasetUsage } from "./get-dataset-usage.ts";
export { listCaseKeys } from "./list-case-keys.ts";
export { listCaseWindow } from "./list-case-window.ts";

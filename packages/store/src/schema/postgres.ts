import { kits } from "../kit.ts";
import { defineSchema } from "./index.ts";

// The migration generator reads tables from a module's named exports.
export const {
  tenants,
  operatorKeys,
  sharedModels,
  platformAudit,
  keys,
  auditEntries,
  idempotencyKeys,
  traces,
  connections,
  models,
  adapters,
  adapterVersions,
  prompts,
  promptVersions,
  datasets,
  datasetVersions,
  cases,
  suites,
  suiteVersions,
  runs,
  results,
  jobs,
  gates,
  verdicts,
  labelMoves,
  labels,
} = defineSchema(kits.postgres);

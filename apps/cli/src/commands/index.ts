import type { CommandBuilder } from "../create-program.ts";
import { buildAdapters } from "./adapters.ts";
import { buildAnnotations } from "./annotations.ts";
import { buildBackup } from "./backup.ts";
import { buildChanges } from "./changes.ts";
import { buildCompare } from "./compare.ts";
import { buildConnections } from "./connections.ts";
import { buildDatasets } from "./datasets.ts";
import { buildEval } from "./eval.ts";
import { buildEvidence } from "./evidence.ts";
import { buildGates } from "./gates.ts";
import { buildImport } from "./import.ts";
import { buildJudges } from "./judges.ts";
import { buildKeys } from "./keys.ts";
import { buildModels } from "./models.ts";
import { buildOperatorKey } from "./operator-key.ts";
import { buildPromote } from "./promote.ts";
import { buildPrompts } from "./prompts.ts";
import { buildRestore } from "./restore.ts";
import { buildRollback } from "./rollback.ts";
import { buildScorers } from "./scorers.ts";
import { buildTenants } from "./tenants.ts";
import { buildTraces } from "./traces.ts";
import { buildUsage } from "./usage.ts";
import { buildWhoami } from "./whoami.ts";

/** THE list of commands, in the order of the help. */
export const COMMANDS: readonly CommandBuilder[] = [
  buildEval,
  buildCompare,
  buildPrompts,
  buildPromote,
  buildRollback,
  buildChanges,
  buildEvidence,
  buildGates,
  buildJudges,
  buildAnnotations,
  buildDatasets,
  buildImport,
  buildScorers,
  buildTraces,
  buildModels,
  buildAdapters,
  buildConnections,
  buildKeys,
  buildUsage,
  buildWhoami,
  buildTenants,
  buildOperatorKey,
  buildBackup,
  buildRestore,
];

import type { CONTRACT, RouteName } from "@assay/core";
import type { Verb } from "@assay/services";
import * as services from "@assay/services";

type Contract = typeof CONTRACT;
/** Routes whose answer is JSON by schema or empty; the others write their own and are in raw-handlers.ts. */
export type VerbRouteName = {
  [N in RouteName]: Contract[N] extends { output: { kind: "raw" }; audience: string } | { audience: "public" }
    ? never
    : N;
}[RouteName];

/** Route name → verb. A missing line does not compile. */
export const HANDLERS: { [N in VerbRouteName]: Verb<N> } = {
  listServableModels: services.listServableModels,
  getCaller: services.getCaller,
  createKey: services.createKey,
  listKeys: services.listKeys,
  revokeKey: services.revokeKey,
  listAudit: services.listAudit,
  getUsage: services.getUsage,
  createTenant: services.createTenant,
  listTenants: services.listTenants,
  removeTenant: services.removeTenant,
  createTenantKey: services.createTenantKey,
  createConnection: services.createConnection,
  listConnections: services.listConnections,
  updateConnection: services.updateConnection,
  removeConnection: services.removeConnection,
  listModels: services.listModels,
  getModel: services.getModel,
  createHostedModel: services.createHostedModel,
  uploadModel: services.uploadModel,
  removeModel: services.removeModel,
  createAdapter: services.createAdapter,
  listAdapters: services.listAdapters,
  uploadAdapterVersion: services.uploadAdapterVersion,
  listAdapterVersions: services.listAdapterVersions,
  addSharedModel: services.addSharedModel,
  listSharedModels: services.listSharedModels,
  createPrompt: services.createPrompt,
  listPrompts: services.listPrompts,
  getPrompt: services.getPrompt,
  addPromptVersion: services.addPromptVersion,
  derivePromptVersion: services.derivePromptVersion,
  listPromptVersions: services.listPromptVersions,
  getPromptVersion: services.getPromptVersion,
  listEvidence: services.listEvidence,
  listLabels: services.listLabels,
  moveLabel: services.moveLabel,
  rollbackLabel: services.rollbackLabel,
  listLabelMoves: services.listLabelMoves,
  setGate: services.setGate,
  removeGate: services.removeGate,
  listGates: services.listGates,
  listGateChanges: services.listGateChanges,
  proposeChange: services.proposeChange,
  listChanges: services.listChanges,
  getChange: services.getChange,
  approveChange: services.approveChange,
  rejectChange: services.rejectChange,
  withdrawChange: services.withdrawChange,
  createDataset: services.createDataset,
  listDatasets: services.listDatasets,
  getDataset: services.getDataset,
  importDataset: services.importDataset,
  listDatasetVersions: services.listDatasetVersions,
  listCases: services.listCases,
  listScorers: services.listScorers,
  putSuite: services.putSuite,
  listSuites: services.listSuites,
  getSuite: services.getSuite,
  startRun: services.startRun,
  listRuns: services.listRuns,
  getRun: services.getRun,
  listRunResults: services.listRunResults,
  cancelRun: services.cancelRun,
  compareRuns: services.compareRuns,
  listComparedCases: services.listComparedCases,
  getTraceSettings: services.getTraceSettings,
  setTraceSettings: services.setTraceSettings,
  listTraces: services.listTraces,
  getTrace: services.getTrace,
  listFeedback: services.listFeedback,
  addCasesFromTraces: services.addCasesFromTraces,
  createAnnotationQueue: services.createAnnotationQueue,
  listAnnotationQueues: services.listAnnotationQueues,
  getAnnotationQueue: services.getAnnotationQueue,
  fillAnnotationQueue: services.fillAnnotationQueue,
  listAnnotationItems: services.listAnnotationItems,
  getNextAnnotation: services.getNextAnnotation,
  labelAnnotation: services.labelAnnotation,
  getJudgeAgreement: services.getJudgeAgreement,
  scorePlaygroundOutput: services.scorePlaygroundOutput,
};

/** The verb of a route, with its types erased: what goes in was parsed by the contract that named it. */
export function findHandler(name: string): Verb<VerbRouteName> | undefined {
  return Object.hasOwn(HANDLERS, name) ? (HANDLERS as Record<string, Verb<VerbRouteName>>)[name] : undefined;
}

export {
  type Asking,
  askModel,
  type Clock,
  isPushBack,
  type KnownAnswer,
  type Place,
} from "./ask-model.ts";
export type { WrongRecord } from "./case-collector.ts";
export { caseOfTrace, type MappedTrace, type TraceToMap } from "./case-of-trace.ts";
export { type CaseScores, CaseTallies, type RepeatScore, type TallyOptions } from "./case-tallies.ts";
export { checkPromptContent } from "./check-prompt-content.ts";
export { asksLogprobs, asksOthers, checkScorers, usesOfKind } from "./check-scorers.ts";
export { checkVariables, type Variables } from "./check-variables.ts";
export { CaseIndex } from "./comparison/case-index.ts";
export { PairedRuns, passShare } from "./comparison/paired-runs.ts";
export { type ParetoStanding, paretoView } from "./comparison/pareto-view.ts";
export { type RankedCase, rankCases } from "./comparison/rank-cases.ts";
export { RunColumns } from "./comparison/run-columns.ts";
export { decideGate, decideGateInTurns, outcomeOfClauses } from "./decide-gate.ts";
export type {
  AskingScorer,
  JudgeAnswer,
  JudgedMetric,
  JudgeQuestion,
  JudgeVersion,
  MetricTask,
  ScorerPorts,
  ScorerReferences,
  ScriptCall,
  WebhookCall,
} from "./define-scorer.ts";
export { describeScorers } from "./describe-scorers.ts";
export { diffContents } from "./diff-contents.ts";
export { type CaseExecution, executeCases } from "./execute-cases.ts";
export { explainGate } from "./explain-gate.ts";
export { findUnstorable } from "./find-unstorable.ts";
export {
  createGateMonitor,
  type GateMonitor,
  type GateMonitorInput,
} from "./gate/create-gate-monitor.ts";
export {
  type GateInput,
  type JudgeStanding,
  metricsOfPolicy,
  type PlannedCase,
  type RunOrder,
} from "./gate/gate-input.ts";
export { decideJudgeAgreement } from "./gate/judge-agreement.ts";
export { orderForEarlyStop } from "./gate/order-for-early-stop.ts";
export { createRoleGuesser, type KnownNames } from "./guess-roles.ts";
export { type ImportOptions, parseCases } from "./import-cases.ts";
export { isWebhookPath } from "./is-webhook-path.ts";
export { compileJsonSchema, type SchemaProblem, type SchemaValidator } from "./json-schema.ts";
export { pinEmbeddingModels, pinJudges, referencesOfUse } from "./judging/pin-judges.ts";
export { listPromptProblems, usedVariables } from "./list-prompt-problems.ts";
export { listScorers } from "./list-scorers.ts";
export { type ParsedJson, parseJson } from "./parse-json.ts";
export { findPii, type PiiFind } from "./pii/find-pii.ts";
export { Redactor } from "./redactor.ts";
export { type PromptInput, renderPrompt } from "./render-prompt.ts";
export { type CaseRun, type CaseToRun, runCase } from "./run-case.ts";
export { judgeMetric, type OutputToScore, scoreOutput } from "./score-output.ts";
export { announcePower, type PlannedRun } from "./statistics/announce-power.ts";
export { type Agreement, cohenKappa, type JudgementPair } from "./statistics/cohen-kappa.ts";
export { meanInterval } from "./statistics/mean-interval.ts";
export { type PairedDifference, pairedDifference } from "./statistics/paired-difference.ts";
export { seededRandom } from "./statistics/seeded-random.ts";
export { wilsonInterval } from "./statistics/wilson-interval.ts";
export { type MeasuredRepeat, RunTally, summarizeRun } from "./summarize-run.ts";

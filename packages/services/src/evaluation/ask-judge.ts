import {
  AppError,
  type ChatMessage,
  type GenerateRequest,
  generateWhole,
  type JsonSchema,
} from "@assay/core";
import {
  type Asking,
  askModel,
  compileJsonSchema,
  type JudgeAnswer,
  type JudgeQuestion,
  parseJson,
  renderPrompt,
} from "@assay/evaluator";
import { findServableModelBySlug, type ServableModel, type TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";
import { costMicros } from "../serving/cost-micros.ts";
import { engineTarget } from "../serving/engine-target.ts";
import { answerKey } from "./answer-key.ts";
import { connectionLimit } from "./connection-limits.ts";
import { currentModelHash } from "./current-model-hash.ts";
import { estimateMicros } from "./estimate-micros.ts";
import { findJudge, type Judge } from "./find-judges.ts";
import type { JudgeCosts } from "./judge-costs.ts";
import { judgeForm } from "./judge-form.ts";
import type { PinnedAsked } from "./pinned-asked.ts";
import { requirePrice } from "./require-price.ts";
import type { BudgetShare } from "./run-budget.ts";
import type { RunMeans } from "./run-means.ts";
import { systemClock } from "./system-clock.ts";

/** The same question has the same answer, as far as the model permits. */
const SEED = 0;

export interface AskingJudge {
  tenantId: string;
  /** Which judges the run asks. */
  asked: PinnedAsked;
  means: RunMeans;
  share: BudgetShare;
  judgeCosts: JudgeCosts;
  signal: AbortSignal;
}

/**
 * Asks a judge: a prompt version of the tenant, or a model of it with messages. Whatever the version says, the answer
 * is forced into the question's schema, at temperature 0 with a fixed seed and without tools. A call that failed, and
 * an answer outside the schema, are reasons and never verdicts. An answer known from before is used again.
 * @throws AppError when the run's budget does not allow the question, or `conflict` when the judge is another than when
 * the run was taken up.
 */
export async function askJudge(
  platform: Platform,
  run: AskingJudge,
  question: JudgeQuestion,
): Promise<JudgeAnswer> {
  const prepared = await prepare(platform, run, question);
  if ("status" in prepared) return prepared;
  const { seat, request } = prepared;
  const reservedBefore = run.share.reservedMicros;
  const asked = await askModel(askingOf(platform, run, { seat, schema: question.schema.schema }), request);
  const cost = costMicros(seat.model.price, asked.usage);
  run.judgeCosts.add(cost);
  // An answer without usage may have cost all that was reserved for it.
  const unknown = asked.status === "failed" ? 0 : run.share.reservedMicros - reservedBefore;
  if (asked.status === "failed" || !asked.reused) run.share.spentMicros += cost ?? unknown;
  if (asked.status === "failed") return failed(`the judge gave no answer: ${asked.failure.message}`);
  return verdictOf(asked.answer, question.schema.schema);
}

async function prepare(
  platform: Platform,
  { tenantId, asked }: AskingJudge,
  question: JudgeQuestion,
): Promise<{ seat: Seat; request: GenerateRequest } | (JudgeAnswer & { status: "failed" })> {
  const prepared = await seatAndRequest(platform, tenantId, question);
  if ("seat" in prepared) requireSameSeat(asked, question.judge, prepared.seat);
  return prepared;
}

async function seatAndRequest(
  platform: Platform,
  tenantId: string,
  question: JudgeQuestion,
): Promise<{ seat: Seat; request: GenerateRequest } | (JudgeAnswer & { status: "failed" })> {
  try {
    const seat = await platform.store.forTenant(tenantId).read((tx) => findSeat(tx, question));
    if ("reason" in seat) return failed(seat.reason);
    return { seat, request: requestOf(platform, { tenantId, seat, question }) };
  } catch (error) {
    if (error instanceof AppError) return failed(`the judge could not be asked: ${error.message}`);
    throw error;
  }
}

function requireSameSeat(
  asked: PinnedAsked,
  reference: JudgeQuestion["judge"],
  { judge, model }: Seat,
): void {
  if ("model" in reference) asked.requireSameModel(reference.model, model);
  else if (judge !== undefined) asked.requireSameJudge(reference, judge);
}

/** Within the run's means: known answers, the budget, and the places at the judge's model. */
function askingOf(
  platform: Platform,
  { tenantId, means, share, signal }: AskingJudge,
  { seat, schema }: { seat: Seat; schema: JsonSchema },
): Asking {
  const { model, adapterSha256 } = seat;
  const answerer = {
    model: currentModelHash(platform, model),
    adapter: adapterSha256,
    engineBuild: platform.engineBuildOf(model.kind),
    // The same question has one answer, whichever repeat of the case asks it.
    repeat: 0,
  };
  let isReserved = false;
  return {
    generate: (request, call) => generateWhole(platform.engine, request, call),
    recall: (request) => means.memory.recall(answerKey(request, answerer)),
    keep: (request, answer) => {
      // What is no verdict is an error, and those are asked again.
      if (verdictOf(answer, schema).status === "answered") {
        means.memory.keep(answerKey(request, answerer), answer);
      }
    },
    enter: async (request) => {
      if (means.budget.isCapped && !isReserved) {
        await means.budget.reserve(share, estimateMicros(requirePrice(model, "judge's model"), request));
        isReserved = true;
      }
      return await connectionLimit(platform.engine, request.target).enter(tenantId, signal);
    },
    tenantId,
    signal,
    clock: systemClock,
  };
}

/** What answers as a judge, and what it is told. */
interface Seat {
  /** Where a version of a prompt judges. */
  judge?: Judge;
  model: ServableModel;
  adapterSha256: string | null;
  maxTokens: number | undefined;
  messages: ChatMessage[];
}

async function findSeat(
  tx: TenantTx,
  { judge: reference, variables }: JudgeQuestion,
): Promise<Seat | { reason: string }> {
  if ("model" in reference) {
    const model = await findServableModelBySlug(tx, reference.model);
    if (model === undefined) return { reason: `there is no model "${reference.model}"` };
    return { model, adapterSha256: null, maxTokens: undefined, messages: reference.messages };
  }
  const judge = await findJudge(tx, reference);
  if (judge === undefined)
    return { reason: `there is no version ${reference.version} of "${reference.prompt}"` };
  const { content, adapterSha256 } = judge.version;
  const messages = renderPrompt(content, { variables });
  return { judge, model: judge.model, adapterSha256, maxTokens: content.sampling.maxTokens, messages };
}

function requestOf(
  platform: Platform,
  { tenantId, seat, question }: { tenantId: string; seat: Seat; question: JudgeQuestion },
): GenerateRequest {
  const { model, adapterSha256, messages } = seat;
  const { name } = question.schema;
  const { maxTokens, schema } = judgeForm(model, { asked: seat.maxTokens, ...question.schema });
  return {
    target: engineTarget(platform, { tenantId, model, adapterSha256 }),
    input: { messages },
    sampling: { temperature: 0, seed: SEED, maxTokens },
    responseFormat: { type: "json_schema", json_schema: { name, strict: true, schema } },
  };
}

function verdictOf({ text, reason }: { text: string; reason: string }, schema: JsonSchema): JudgeAnswer {
  if (reason === "length")
    return failed("the judge's answer was cut off: its tokens were spent before its verdict");
  const parsed = parseJson(text);
  if (!parsed.ok) return failed("the judge's answer is not JSON");
  const [problem] = compileJsonSchema(schema)(parsed.value);
  if (problem !== undefined) {
    return failed(
      `the judge's answer is outside its schema: ${problem.path || "the answer"} ${problem.message}`,
    );
  }
  return { status: "answered", value: parsed.value };
}

function failed(reason: string): JudgeAnswer & { status: "failed" } {
  return { status: "failed", reason };
}

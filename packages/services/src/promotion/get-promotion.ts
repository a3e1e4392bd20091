import {
  AppError,
  DAY_MS,
  type Evidence,
  invariant,
  type LabelUse,
  LIMITS,
  type Promotion,
} from "@assay/core";
import { diffContents } from "@assay/evaluator";
import {
  countUse,
  findLiveChangeRequest,
  findNewestRun,
  findPromptVersionById,
  findTrafficStart,
  type LabelKey,
  type PromptVersionRow,
  type RunRow,
  type TenantTx,
} from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context, Platform } from "../context.ts";
import { findIncumbents } from "../evaluation/find-incumbents.ts";
import { viewRun } from "../evaluation/run-view.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import type { VerbInput } from "../verb.ts";
import { viewChange } from "./change-view.ts";
import { staleApproval } from "./decide-approval.ts";
import { effectiveVersionId } from "./effective-version.ts";
import { viewGate } from "./gate-view.ts";
import { viewLabel } from "./label-view.ts";
import { viewEvidence } from "./list-evidence.ts";
import { type MovePlan, planMove } from "./plan-move.ts";
import { LATEST } from "./resolve-label.ts";

/**
 * Everything that somebody who is about to move a label should see, read at one moment: the same decision that
 * `moveLabel` would make now, what it stands on, and what would change for whom. Reading it moves nothing.
 */
export async function getPromotion(context: Context, input: VerbInput<"getPromotion">): Promise<Promotion> {
  requirePromptAccess(context, input.prompt);
  if (input.label === LATEST) {
    throw new AppError("invalid_input", `"${LATEST}" is kept by the server and cannot be moved.`);
  }
  return await oneAtATime(context.tenant.tenantId, () => look(context, input));
}

async function look(context: Context, input: VerbInput<"getPromotion">): Promise<Promotion> {
  return await context.tenant.read(async (tx) => {
    const plan = await planMove(context, tx, { input: { ...input, dryRun: true }, lock: false });
    const { prompt, version, row, gate, decision } = plan;
    return {
      prompt: prompt.slug,
      label: input.label,
      version: version.version,
      present: row === undefined ? null : await viewLabel(context.platform, tx, { prompt, row }),
      isDone: plan.isDone,
      gate: gate === undefined ? null : viewGate(prompt.slug, gate),
      verdict: decision?.verdict ?? null,
      ...(await viewRuns(context.platform, tx, plan)),
      ...(await viewIncumbents(tx, plan)),
      diff: diffContents((await presentVersion(tx, plan))?.content, version.content),
      ...(await viewRequest(tx, input.label, plan)),
      use: await useOf(context.platform, tx, { promptId: prompt.id, label: input.label }),
    };
  });
}

async function presentVersion(tx: TenantTx, { row, now }: MovePlan): Promise<PromptVersionRow | undefined> {
  const id = row === undefined ? null : effectiveVersionId(row, now);
  return id === null ? undefined : await findPromptVersionById(tx, id);
}

async function viewRuns(
  platform: Platform,
  tx: TenantTx,
  { gate, version, decision }: MovePlan,
): Promise<Pick<Promotion, "evidence" | "outdated" | "activeRun">> {
  if (gate === undefined) return { evidence: null, outdated: null, activeRun: null };
  const ofVersion = { suiteId: gate.suiteVersion.suiteId, promptVersionId: version.id };
  const active = await findNewestRun(tx, { ...ofVersion, statuses: ["queued", "running"] });
  const deciding = decision?.evidence?.run;
  const newest = deciding ?? (await findNewestRun(tx, { ...ofVersion, statuses: ["completed"] }));
  const view = newest === undefined ? null : await viewOneEvidence(platform, tx, { version, run: newest });
  return {
    evidence: deciding === undefined ? null : view,
    outdated: deciding === undefined ? view : null,
    activeRun: active === undefined ? null : await viewRun(tx, active),
  };
}

async function viewOneEvidence(
  platform: Platform,
  tx: TenantTx,
  { version, run }: { version: PromptVersionRow; run: RunRow },
): Promise<Evidence> {
  const [evidence] = await viewEvidence(platform, tx, { version, runs: [run] });
  invariant(evidence !== undefined, "one run is one piece of evidence");
  return evidence;
}

async function viewIncumbents(
  tx: TenantTx,
  { gate, version: candidate, decision }: MovePlan,
): Promise<Pick<Promotion, "incumbent" | "secondIncumbent">> {
  if (gate === undefined) return { incumbent: null, secondIncumbent: null };
  const [first, second] = await findIncumbents(tx, { ...gate.gate, candidateId: candidate.id });
  const { incumbentRunId = null, secondRunId = null } = decision?.evidence ?? {};
  return {
    incumbent: first === undefined ? null : { version: first.version, runId: incumbentRunId },
    secondIncumbent: second === undefined ? null : { version: second.version, runId: secondRunId },
  };
}

async function viewRequest(
  tx: TenantTx,
  label: string,
  { prompt, version, row, gate, decision, now }: MovePlan,
): Promise<Pick<Promotion, "changeRequest" | "staleApproval">> {
  const request = await findLiveChangeRequest(tx, { promptId: prompt.id, label, toVersionId: version.id });
  if (request === undefined) return { changeRequest: null, staleApproval: null };
  const ground = { row, gate, runId: decision?.evidence?.run.id ?? null, now };
  return {
    changeRequest: await viewChange(tx, request),
    staleApproval: request.status === "approved" ? await staleApproval(tx, request, ground) : null,
  };
}

/** Who asked for the label in the last days; of a busy label the newest requests only. */
async function useOf(platform: Platform, tx: TenantTx, { promptId, label }: LabelKey): Promise<LabelUse> {
  const first = new Date(platform.now().getTime() - LIMITS.labelUseDays * DAY_MS);
  const scope = { promptIds: [promptId], label };
  const start = await findTrafficStart(tx, { ...scope, since: first }, LIMITS.trafficRequestsMax);
  const since = start ?? first;
  const { requests, keys, lastAt } = await countUse(tx, { ...scope, since });
  return { since: since.toISOString(), requests, keys, lastAt: lastAt?.toISOString() ?? null };
}

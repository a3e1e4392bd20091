import { type ChangeRequestDetails, invariant, type Verdict } from "@assay/core";
import { diffContents } from "@assay/evaluator";
import {
  findGate,
  findLabelRow,
  findPromptVersionById,
  listRunRows,
  type PromptVersionRow,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import type { VerbInput } from "../verb.ts";
import { barToApprove } from "./bar-to-approve.ts";
import { viewChange } from "./change-view.ts";
import { decideApproval, staleApproval } from "./decide-approval.ts";
import { decidePromotion, withClause } from "./decide-promotion.ts";
import { effectiveVersionId } from "./effective-version.ts";
import { findChange } from "./find-change.ts";
import { viewEvidence } from "./list-evidence.ts";

const EVIDENCE_SHOWN = 10;

/** A change request with what it would change, what it stands on, and what the gate would say to it at this moment. */
export async function getChange(
  context: Context,
  input: VerbInput<"getChange">,
): Promise<ChangeRequestDetails> {
  return await oneAtATime(context.tenant.tenantId, () => look(context, input));
}

async function look(context: Context, { changeId }: VerbInput<"getChange">): Promise<ChangeRequestDetails> {
  return await context.tenant.read(async (tx) => {
    const { platform } = context;
    const { request, prompt } = await findChange(context, tx, changeId);
    const version = await versionOf(tx, request.toVersionId);
    const before = request.fromVersionId === null ? undefined : await versionOf(tx, request.fromVersionId);
    const key = { promptId: prompt.id, label: request.label };
    const row = await findLabelRow(tx, key);
    const now = platform.now();
    const presentId = row && effectiveVersionId(row, now);
    const gate = await findGate(tx, key);
    let verdict: Verdict | null = null;
    let runId: string | null = null;
    if (gate !== undefined) {
      const decision = await decidePromotion(platform, tx, { gate, version });
      runId = decision.evidence?.run.id ?? null;
      verdict = withClause(decision, await decideApproval(tx, { row, gate, version, runId, now })).verdict;
    }
    const runs = await listRunRows(tx, {
      promptVersionId: version.id,
      statuses: ["completed"],
      limit: EVIDENCE_SHOWN,
    });
    return {
      ...(await viewChange(tx, request)),
      presentVersion: presentId == null ? null : (await versionOf(tx, presentId)).version,
      diff: diffContents(before?.content, version.content),
      verdict,
      evidence: await viewEvidence(platform, tx, { version, runs }),
      staleApproval:
        request.status === "approved" ? await staleApproval(tx, request, { row, gate, runId, now }) : null,
      barToApprove: await barToApprove(context, tx, { request, gate, writtenBy: version.createdBy }),
    };
  });
}

async function versionOf(tx: TenantTx, id: string): Promise<PromptVersionRow> {
  const version = await findPromptVersionById(tx, id);
  invariant(version !== undefined, "a proposed version cannot be removed");
  return version;
}

import { type Attention, invariant, type Label, LIMITS } from "@assay/core";
import { decideJudgeAgreement, usesOfKind } from "@assay/evaluator";
import {
  findGate,
  findPrompts,
  findPromptVersion,
  type GateInForce,
  listGatedLabels,
  type PromptRow,
  type TenantTx,
} from "@assay/store";
import { loadJudgeStandings } from "../annotation/load-judge-standings.ts";
import type { Context } from "../context.ts";
import { viewLabel } from "../promotion/label-view.ts";
import type { Looked } from "./looked.ts";

/** Of how many gates the judges are held against people: each reads up to thousands of labels. */
const JUDGED_GATES_MAX = 10;

/** Labels past their gate or without evidence of today, and judges that a gate waits for. */
export async function listGateNotes(
  context: Context,
  tx: TenantTx,
  promptIds: readonly string[] | null,
): Promise<Looked> {
  const max = LIMITS.overviewGatesMax;
  const rows = await listGatedLabels(tx, { promptIds, limit: max + 1 });
  const shown = rows.slice(0, max);
  const prompts = await findPrompts(tx, { ids: [...new Set(shown.map(({ promptId }) => promptId))] });
  const notes: Attention[] = [];
  const judged: GatedLabel[] = [];
  for (const row of shown) {
    const prompt = prompts.get(row.promptId);
    invariant(prompt !== undefined, "a label leaves with its prompt");
    const label = await viewLabel(context.platform, tx, { prompt, row });
    if (label === null) continue;
    const note = noteOf(prompt.slug, label);
    if (note !== undefined) notes.push(note);
    const gate = await findGate(tx, { promptId: prompt.id, label: row.name });
    if (gate !== undefined && usesOfKind(gate.suiteVersion.spec.scorers, "judge").length > 0) {
      judged.push({ prompt, label, gate });
    }
  }
  for (const each of judged.slice(0, JUDGED_GATES_MAX))
    notes.push(...(await notesOnJudges(context, tx, each)));
  return {
    // What was let past a gate comes before what merely is not proven.
    items: notes.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
    isPart: rows.length > max || judged.length > JUDGED_GATES_MAX,
  };
}

const ORDER: Attention["kind"][] = ["override", "not_proven", "suspended_judge"];

interface GatedLabel {
  prompt: PromptRow;
  label: Label;
  gate: GateInForce;
}

function noteOf(prompt: string, label: Label): Attention | undefined {
  const { standing } = label;
  if (standing.kind === "overridden")
    return { kind: "override", prompt, label, expiresAt: standing.expiresAt };
  if (standing.kind === "stale" || standing.kind === "unproven") return { kind: "not_proven", prompt, label };
  return undefined;
}

async function notesOnJudges(
  { platform }: Context,
  tx: TenantTx,
  { prompt, label, gate }: GatedLabel,
): Promise<Attention[]> {
  const { suiteVersion, suiteSlug } = gate;
  const policy = suiteVersion.spec.gate;
  const candidate = await findPromptVersion(tx, prompt.id, label.version);
  invariant(policy !== undefined && candidate !== undefined, "a gated label has a policy and a version");
  const judges = await loadJudgeStandings(platform, tx, {
    suiteVersion,
    policy,
    candidate,
    datasetSha256: gate.datasetVersion.contentSha256,
  });
  const agreements = decideJudgeAgreement({ policy, judges });
  return agreements.flatMap(({ outcome, metric, count, needed }): Attention[] =>
    outcome === "pass" || metric === undefined
      ? []
      : [
          {
            kind: "suspended_judge",
            prompt: prompt.slug,
            label: label.name,
            suite: suiteSlug,
            metric,
            labelled: count ?? 0,
            needed: needed ?? null,
          },
        ],
  );
}

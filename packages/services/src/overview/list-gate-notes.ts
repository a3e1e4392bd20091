import { type Attention, invariant, type Label } from "@assay/core";
import { decideJudgeAgreement, usesOfKind } from "@assay/evaluator";
import { findPromptVersion, type TenantTx } from "@assay/store";
import { loadJudgeStandings } from "../annotation/load-judge-standings.ts";
import type { Context } from "../context.ts";
import { GateOutlook } from "./gate-outlook.ts";
import { type GatedPlace, listGatedPlaces } from "./list-gated-places.ts";
import { listWaitingNotes } from "./list-waiting-notes.ts";
import type { Looked } from "./looked.ts";

/** Of how many gates the judges are held against people: each reads up to thousands of labels. */
const JUDGED_GATES_MAX = 10;

/**
 * Labels past their gate, refused by it or without evidence of today, judges that a gate waits for, and versions that
 * pass and wait to be promoted.
 */
export async function listGateNotes(
  context: Context,
  tx: TenantTx,
  promptIds: readonly string[] | null,
): Promise<Looked> {
  const { places, isPart } = await listGatedPlaces(context.platform, tx, promptIds);
  const outlook = new GateOutlook(context.platform, tx);
  const notes: Attention[] = [];
  const judged: HeldPlace[] = [];
  for (const { label, ...place } of places) {
    if (label === null) continue;
    const held = { ...place, label };
    const note = await noteOn(tx, held, outlook);
    if (note !== undefined) notes.push(note);
    if (usesOfKind(place.gate.suiteVersion.spec.scorers, "judge").length > 0) judged.push(held);
  }
  for (const each of judged.slice(0, JUDGED_GATES_MAX))
    notes.push(...(await notesOnJudges(context, tx, each)));
  notes.push(...(await listWaitingNotes(tx, { places, outlook })));
  return {
    // What was let past a gate comes before what merely is not proven.
    items: notes.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
    isPart: isPart || judged.length > JUDGED_GATES_MAX || outlook.isPart,
  };
}

const ORDER: Attention["kind"][] = ["override", "refused", "not_proven", "waiting", "suspended_judge"];

/** A gate whose label means something. */
interface HeldPlace extends GatedPlace {
  label: Label;
}

async function noteOn(
  tx: TenantTx,
  { prompt: { id, slug: prompt }, label, row, gate }: HeldPlace,
  outlook: GateOutlook,
): Promise<Attention | undefined> {
  const { standing } = label;
  if (standing.kind === "overridden")
    return { kind: "override", prompt, label, expiresAt: standing.expiresAt };
  if (standing.kind === "stale" || standing.kind === "unproven") return { kind: "not_proven", prompt, label };
  if (standing.kind !== "rolled_back") return undefined;
  // A rollback asks for no evidence, so nobody has said yet what the gate thinks of it.
  const version = await findPromptVersion(tx, id, label.version);
  invariant(version !== undefined, "a label's version cannot be removed");
  const foreseen = await outlook.foresee({ gate, version, moveId: row?.moveId ?? null });
  if (foreseen === undefined || foreseen.passes) return undefined;
  return { kind: "refused", prompt, label, isMeasured: foreseen.isMeasured };
}

async function notesOnJudges(
  { platform }: Context,
  tx: TenantTx,
  { prompt, label, gate }: HeldPlace,
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

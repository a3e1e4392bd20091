import { type Attention, invariant, LIMITS, RIGHTFUL_KINDS } from "@assay/core";
import {
  findLiveChangeRequest,
  findNewestMove,
  findPromptVersionById,
  listMeasuredVersionIds,
  newestPromptVersionNumbers,
  type PromptVersionRow,
  type TenantTx,
} from "@assay/store";
import type { GateOutlook } from "./gate-outlook.ts";
import type { GatedPlace } from "./list-gated-places.ts";

/** How many measured versions of a prompt are held against its gate, newest first, until one passes. */
const CANDIDATES_MAX = 3;

/** Versions that pass a gate and are newer than what its label means, while nobody has promoted or proposed them. */
export async function listWaitingNotes(
  tx: TenantTx,
  { places, outlook }: { places: readonly GatedPlace[]; outlook: GateOutlook },
): Promise<Attention[]> {
  const promptIds = [...new Set(places.map(({ prompt }) => prompt.id))];
  const newest = await newestPromptVersionNumbers(tx, promptIds);
  const notes: Attention[] = [];
  for (const place of places) {
    const { prompt, label, gate } = place;
    const present = label?.version ?? null;
    // Most prompts have nothing newer, and are asked nothing more.
    if ((newest.get(prompt.id) ?? 0) <= (present ?? 0)) continue;
    const waiting = await findWaiting(tx, { place, outlook });
    if (waiting === undefined) continue;
    notes.push({
      kind: "waiting",
      prompt: prompt.slug,
      label: gate.gate.label,
      version: waiting.version,
      present,
      needsApproval: gate.suiteVersion.spec.gate?.approval !== undefined,
    });
  }
  return notes;
}

async function findWaiting(
  tx: TenantTx,
  { place, outlook }: { place: GatedPlace; outlook: GateOutlook },
): Promise<PromptVersionRow | undefined> {
  const { prompt, gate, row, label } = place;
  const ids = await listMeasuredVersionIds(tx, {
    promptId: prompt.id,
    suiteId: gate.suiteVersion.suiteId,
    after: label?.version ?? 0,
    limit: LIMITS.overviewVersionsMax,
  });
  const key = { promptId: prompt.id, label: gate.gate.label };
  for (const toVersionId of ids.slice(0, CANDIDATES_MAX)) {
    // Somebody took the label from this one, and knew of those before it.
    if (await findNewestMove(tx, { ...key, toVersionId, kinds: RIGHTFUL_KINDS })) return undefined;
    const version = await findPromptVersionById(tx, toVersionId);
    invariant(version !== undefined, "a measured version cannot be removed");
    const foreseen = await outlook.foresee({ gate, version, moveId: row?.moveId ?? null });
    if (foreseen?.passes !== true) continue;
    return (await findLiveChangeRequest(tx, { ...key, toVersionId })) === undefined ? version : undefined;
  }
  return undefined;
}

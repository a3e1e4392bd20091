import { invariant, type Label, LIMITS } from "@assay/core";
import {
  findGate,
  findPrompts,
  type GateInForce,
  type LabelRow,
  listGatedLabels,
  listUnsetGates,
  type PromptRow,
  type TenantTx,
} from "@assay/store";
import type { Platform } from "../context.ts";
import { viewLabel } from "../promotion/label-view.ts";

/** A gate with what its label means now. */
export interface GatedPlace {
  prompt: PromptRow;
  gate: GateInForce;
  /** Undefined where no version ever had the label. */
  row: LabelRow | undefined;
  /** Null where the label means nothing now. */
  label: Label | null;
}

/** Gates, those whose labels were moved last first; as many as an overview looks at. */
export async function listGatedPlaces(
  platform: Platform,
  tx: TenantTx,
  promptIds: readonly string[] | null,
): Promise<{ places: GatedPlace[]; isPart: boolean }> {
  const max = LIMITS.overviewGatesMax;
  const rows = await listGatedLabels(tx, { promptIds, limit: max + 1 });
  const unset = await listUnsetGates(tx, { promptIds, limit: max + 1 });
  const keys = [
    ...rows.map((row) => ({ promptId: row.promptId, label: row.name, row })),
    ...unset.map(({ promptId, label }) => ({ promptId, label, row: undefined })),
  ];
  const shown = keys.slice(0, max);
  const prompts = await findPrompts(tx, { ids: [...new Set(shown.map(({ promptId }) => promptId))] });
  const places: GatedPlace[] = [];
  for (const { row, ...key } of shown) {
    const prompt = prompts.get(key.promptId);
    const gate = await findGate(tx, key);
    invariant(prompt !== undefined && gate !== undefined, "a gate leaves with its prompt");
    const label = row === undefined ? null : await viewLabel(platform, tx, { prompt, row });
    places.push({ prompt, gate, row, label });
  }
  return { places, isPart: keys.length > max };
}

import { invariant, type Label, type LabelStanding, RIGHTFUL_KINDS, sameJson } from "@assay/core";
import {
  findEvidenceOfMove,
  findGate,
  findNewestMove,
  findPromptVersionById,
  type GateInForce,
  type LabelMoveRow,
  type LabelRow,
  type PromptRow,
  type PromptVersionRow,
  type TenantTx,
} from "@assay/store";
import type { Platform } from "../context.ts";
import { changedHashes, currentHashes } from "../evaluation/evidence-hashes.ts";
import { effectiveVersionId, isOverridden } from "./effective-version.ts";

/** A label as it is now; null once an override expired that had nothing to fall back to. */
export async function viewLabel(
  platform: Platform,
  tx: TenantTx,
  { prompt, row }: { prompt: PromptRow; row: LabelRow },
): Promise<Label | null> {
  const now = platform.now();
  const versionId = effectiveVersionId(row, now);
  if (versionId === null) return null;
  const version = await findPromptVersionById(tx, versionId);
  invariant(version !== undefined, "a label's version cannot be removed");
  const key = { promptId: prompt.id, label: row.name };
  const gate = await findGate(tx, key);
  const hasFallenBack = row.expiresAt !== null && !isOverridden(row, now);
  const move = await findNewestMove(tx, {
    ...key,
    toVersionId: versionId,
    // After an override's expiry it is the move before it that counts again.
    kinds: hasFallenBack ? RIGHTFUL_KINDS : [...RIGHTFUL_KINDS, "override"],
  });
  invariant(move !== undefined, "a label is where a move brought it");
  return {
    name: row.name,
    version: version.version,
    isProtected: gate !== undefined,
    standing: await standingOf(platform, tx, { gate, version, move }),
    movedAt: (hasFallenBack && row.expiresAt ? row.expiresAt : row.updatedAt).toISOString(),
  };
}

interface HeldLabel {
  gate: GateInForce | undefined;
  version: PromptVersionRow;
  move: LabelMoveRow;
}

async function standingOf(
  platform: Platform,
  tx: TenantTx,
  { gate, version, move }: HeldLabel,
): Promise<LabelStanding> {
  if (move.kind === "override") {
    invariant(move.reason !== null && move.expiresAt !== null, "an override has a reason and an expiry");
    return { kind: "overridden", reason: move.reason, expiresAt: move.expiresAt.toISOString() };
  }
  if (gate === undefined) return { kind: "unprotected" };
  if (move.kind === "rollback") return { kind: "rolled_back" };
  const evidence = await findEvidenceOfMove(tx, move);
  // Moved there before the label had a gate: nothing about it was ever proven.
  if (evidence === undefined) return { kind: "unproven" };
  const { suiteVersion, datasetVersion } = gate;
  const hashes = await currentHashes(platform, tx, { promptVersion: version, suiteVersion, datasetVersion });
  const changed = changedHashes(evidence.run.hashes, hashes);
  if (!sameJson(evidence.suiteVersion.spec.gate, suiteVersion.spec.gate)) changed.push("gate");
  const runId = evidence.run.id;
  return changed.length === 0 ? { kind: "proven", runId } : { kind: "stale", runId, changed };
}

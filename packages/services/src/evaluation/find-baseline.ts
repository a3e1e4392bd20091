import type { EvidenceHashes } from "@assay/core";
import { findNewestRun, type PromptVersionRow, type TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";
import { type EvidenceParts, evidenceSha256 } from "./evidence-hashes.ts";
import { findDecidingRun } from "./find-deciding-run.ts";
import { findIncumbents } from "./find-incumbents.ts";
import { comparableEvidence } from "./judge-run.ts";

/** What a run's gate will compare it with. */
interface Baseline {
  incumbent: PromptVersionRow;
  hashes: EvidenceHashes;
  /** A comparable run of the incumbent that has finished, or is under way; null where there is none. */
  runId: string | null;
}

/** Null without a gate, without another version to compare with, and for what is no evidence. */
export async function findBaseline(
  platform: Platform,
  tx: TenantTx,
  { parts, hashes }: { parts: Pick<EvidenceParts, "suiteVersion" | "promptVersion">; hashes: EvidenceHashes },
): Promise<Baseline | null> {
  const { suiteVersion, promptVersion } = parts;
  const { gate } = suiteVersion.spec;
  // What is no evidence gets no verdict, and has nothing to be compared with.
  if (gate === undefined || hashes.selection !== null) return null;
  const at = { promptId: suiteVersion.promptId, label: gate.label };
  const [incumbent] = await findIncumbents(tx, { ...at, candidateId: promptVersion.id });
  if (incumbent === undefined) return null;
  const baselineHashes = await comparableEvidence(platform, tx, { version: incumbent, hashes });
  const about = { incumbent, hashes: baselineHashes };
  const wanted = {
    suiteId: suiteVersion.suiteId,
    promptVersionId: incumbent.id,
    evidenceSha256: evidenceSha256(baselineHashes),
  };
  const deciding = await findDecidingRun(tx, { ...wanted, errorsMax: gate.maxErrors });
  if (deciding?.isMeasured) return { ...about, runId: deciding.run.id };
  const unfinished = await findNewestRun(tx, {
    ...wanted,
    statuses: ["queued", "running"],
    stopEarly: false,
  });
  return { ...about, runId: unfinished?.id ?? null };
}

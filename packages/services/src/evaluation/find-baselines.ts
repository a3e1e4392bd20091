import type { EvidenceHashes } from "@assay/core";
import { findNewestRun, type PromptVersionRow, type TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";
import { type EvidenceParts, evidenceSha256 } from "./evidence-hashes.ts";
import { findDecidingRun } from "./find-deciding-run.ts";
import { findIncumbents } from "./find-incumbents.ts";
import { comparableEvidence } from "./judge-run.ts";

/** What a run's gate will compare it with. */
export interface Baseline {
  incumbent: PromptVersionRow;
  hashes: EvidenceHashes;
  /** A comparable run of the incumbent that has finished, or is under way; null where there is none. */
  runId: string | null;
}

/** One per incumbent; none without a gate, without another version to compare with, and for what is no evidence. */
export async function findBaselines(
  platform: Platform,
  tx: TenantTx,
  { parts, hashes }: { parts: Pick<EvidenceParts, "suiteVersion" | "promptVersion">; hashes: EvidenceHashes },
): Promise<Baseline[]> {
  const { suiteVersion, promptVersion } = parts;
  const { gate } = suiteVersion.spec;
  // What is no evidence gets no verdict, and has nothing to be compared with.
  if (gate === undefined || hashes.selection !== null) return [];
  const at = { promptId: suiteVersion.promptId, label: gate.label };
  const incumbents = await findIncumbents(tx, { ...at, candidateId: promptVersion.id });
  const { suiteId } = suiteVersion;
  const baselines: Baseline[] = [];
  for (const incumbent of incumbents) {
    const about = {
      incumbent,
      hashes: await comparableEvidence(platform, tx, { version: incumbent, hashes }),
    };
    baselines.push({
      ...about,
      runId: await findRunOf(tx, { ...about, suiteId, errorsMax: gate.maxErrors }),
    });
  }
  return baselines;
}

interface ComparableRun extends Omit<Baseline, "runId"> {
  suiteId: string;
  errorsMax: number;
}

async function findRunOf(
  tx: TenantTx,
  { incumbent, hashes, suiteId, errorsMax }: ComparableRun,
): Promise<string | null> {
  const wanted = { suiteId, promptVersionId: incumbent.id, evidenceSha256: evidenceSha256(hashes) };
  const deciding = await findDecidingRun(tx, { ...wanted, errorsMax });
  if (deciding?.isMeasured) return deciding.run.id;
  const unfinished = await findNewestRun(tx, {
    ...wanted,
    statuses: ["queued", "running"],
    stopEarly: false,
  });
  return unfinished?.id ?? null;
}

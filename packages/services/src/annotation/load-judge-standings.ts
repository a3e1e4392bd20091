import type { GatePolicy, ScorerUse } from "@assay/core";
import { type JudgeStanding, referencesOfUse, usesOfKind } from "@assay/evaluator";
import {
  findServableModelBySlug,
  type PromptVersionRow,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import type { Platform } from "../context.ts";
import { currentModelHash } from "../evaluation/current-model-hash.ts";
import { authorsOfJudge, judgeSha256 } from "./judge-identity.ts";
import { measureAgreement } from "./measure-agreement.ts";

interface Asked {
  suiteVersion: SuiteVersionRow;
  policy: GatePolicy;
  /** The version that is to be promoted. */
  candidate: PromptVersionRow;
  /** Of the content of the cases that it is measured on. */
  datasetSha256: string;
}

/** The same without a policy, or before there is a candidate. */
interface AskedOfSuite {
  suiteVersion: SuiteVersionRow;
  policy: GatePolicy | null;
  candidate: PromptVersionRow | null;
  datasetSha256: string;
}

/**
 * Every metric of a suite that a judge gives, or a model that embeds and may not gate, with how far that judge, as it
 * is now, agrees with people on outputs of the suite's prompt for the very cases that are measured. Elsewhere anybody
 * could make it agree with themselves. Who wrote the candidate has no say in who judges it.
 */
export async function loadJudgeStandings(
  platform: Platform,
  tx: TenantTx,
  asked: Asked,
): Promise<JudgeStanding[]> {
  const standings = await loadStandingsOf(platform, tx, asked);
  for (const use of usesOfKind(asked.suiteVersion.spec.scorers, "embedding")) {
    const distrust = distrustOf(use) ?? (await whyNotPinned(platform, tx, use));
    if (distrust === undefined) continue;
    standings.push({ metric: use.name ?? use.type, weight: use.weight, agreement: null, distrust });
  }
  return standings;
}

/** In the order of the suite's judges. */
export async function loadStandingsOf(
  platform: Platform,
  tx: TenantTx,
  { suiteVersion, policy, candidate, datasetSha256 }: AskedOfSuite,
): Promise<JudgeStanding[]> {
  const { promptId, spec } = suiteVersion;
  const standings: JudgeStanding[] = [];
  for (const use of usesOfKind(spec.scorers, "judge")) {
    const authors = await authorsOfJudge(tx, use, suiteVersion);
    if (candidate != null && candidate.createdBy !== null) authors.add(candidate.createdBy);
    const { judgeAndPeople, incomplete } = await measureAgreement(tx, {
      judged: { judgeSha256: await judgeSha256(platform, tx, use), promptId, datasetSha256 },
      authors,
      minAnnotators: policy?.judges?.minAnnotators ?? 1,
    });
    const distrust = distrustOf(use);
    standings.push({
      ...(distrust !== undefined && { distrust }),
      metric: use.name ?? use.type,
      weight: use.weight,
      agreement: judgeAndPeople.n === 0 ? null : judgeAndPeople,
      unlabelled: incomplete,
    });
  }
  return standings;
}

/** Whoever brings the model that measures can bring one to which everything is alike. */
function distrustOf(use: ScorerUse): string | undefined {
  if (referencesOfUse(use).asksOwnModel !== true) return undefined;
  return `"${use.name ?? use.type}" is measured by the very model that the version brings. Name the model that embeds (options.model) in the suite, and set the gate again.`;
}

async function whyNotPinned(platform: Platform, tx: TenantTx, use: ScorerUse): Promise<string | undefined> {
  for (const slug of referencesOfUse(use).models ?? []) {
    const model = await findServableModelBySlug(tx, slug);
    const isPinned = model !== undefined && currentModelHash(platform, model) === use.options.modelSha256;
    if (!isPinned)
      return `The model "${slug}" that measures "${use.name ?? use.type}" is not the one that the suite was stored with. Store the suite again, and set the gate again.`;
  }
  return undefined;
}

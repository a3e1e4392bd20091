import type { GatePolicy } from "@assay/core";
import { type JudgeStanding, usesOfKind } from "@assay/evaluator";
import type { PromptVersionRow, SuiteVersionRow, TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";
import { authorsOfJudge, judgeSha256 } from "./judge-identity.ts";
import { measureAgreement } from "./measure-agreement.ts";

interface Asked {
  suiteVersion: SuiteVersionRow;
  policy: GatePolicy;
  /** The version that is to be promoted. */
  candidate: PromptVersionRow;
}

/** The same without a policy, or before there is a candidate. */
interface AskedOfSuite {
  suiteVersion: SuiteVersionRow;
  policy: GatePolicy | null;
  candidate: PromptVersionRow | null;
}

/**
 * Every metric of a suite that a judge gives, with how far that judge, as it is now, agrees with people on outputs of
 * the suite's prompt for cases of its dataset. Elsewhere anybody could make it agree with themselves. Who wrote the
 * candidate has no say in who judges it.
 */
export async function loadJudgeStandings(
  platform: Platform,
  tx: TenantTx,
  asked: Asked,
): Promise<JudgeStanding[]> {
  return await loadStandingsOf(platform, tx, asked);
}

/** In the order of the suite's judges. */
export async function loadStandingsOf(
  platform: Platform,
  tx: TenantTx,
  { suiteVersion, policy, candidate }: AskedOfSuite,
): Promise<JudgeStanding[]> {
  const { promptId, datasetId, spec } = suiteVersion;
  const standings: JudgeStanding[] = [];
  for (const use of usesOfKind(spec.scorers, "judge")) {
    const authors = await authorsOfJudge(tx, use, suiteVersion);
    if (candidate != null && candidate.createdBy !== null) authors.add(candidate.createdBy);
    const { judgeAndPeople } = await measureAgreement(tx, {
      judged: { judgeSha256: await judgeSha256(platform, tx, use), promptId, datasetId },
      authors,
      minAnnotators: policy?.judges?.minAnnotators ?? 1,
    });
    standings.push({
      metric: use.name ?? use.type,
      weight: use.weight,
      agreement: judgeAndPeople.n === 0 ? null : judgeAndPeople,
    });
  }
  return standings;
}

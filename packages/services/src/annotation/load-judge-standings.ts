import { type JudgeStanding, usesOfKind } from "@assay/evaluator";
import type { SuiteVersionRow, TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";
import { authorsOfJudge, judgeSha256 } from "./judge-identity.ts";
import { measureAgreement } from "./measure-agreement.ts";

/** Every metric of a suite that a judge gives, with how far that judge, as it is now, agrees with people. */
export async function loadJudgeStandings(
  platform: Platform,
  tx: TenantTx,
  { spec }: SuiteVersionRow,
): Promise<JudgeStanding[]> {
  const standings: JudgeStanding[] = [];
  for (const use of usesOfKind(spec.scorers, "judge")) {
    const judge = {
      judgeSha256: await judgeSha256(platform, tx, use),
      authors: await authorsOfJudge(tx, use),
    };
    const { judgeAndPeople } = await measureAgreement(tx, judge);
    standings.push({
      metric: use.name ?? use.type,
      weight: use.weight,
      agreement: judgeAndPeople.n === 0 ? null : judgeAndPeople,
    });
  }
  return standings;
}

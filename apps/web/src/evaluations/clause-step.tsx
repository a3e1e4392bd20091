import type { Run, VerdictClause } from "@assay/core";
import { useTranslation } from "react-i18next";
import { PlaceLink } from "../components/place-link.tsx";

/** What one can do about a clause that is not met, as a link. */
export function ClauseStep({ clause, run }: { clause: VerdictClause; run: Run }) {
  const { t } = useTranslation("evaluations");
  if (clause.outcome === "pass") return null;
  const step = stepOf(clause, run);
  if (step === null) return null;
  return (
    <p className="text-sm">
      <PlaceLink path={step.path} search={step.search}>
        {t(`step.${step.text}`)}
      </PlaceLink>
    </p>
  );
}

interface Step {
  text: string;
  path: string;
  search: Record<string, string | number>;
}

/** Where the cause can be seen or mended. */
function stepOf({ clause, needed, incumbentVersion }: VerdictClause, run: Run): Step | null {
  const here = `/evaluations/${run.id}`;
  if (clause === "judgeAgreement") return { text: "judges", path: "/judges", search: {} };
  if (clause === "maxErrors") return { text: "errors", path: here, search: { tab: "cases", show: "failed" } };
  if (clause === "minCases" || needed !== undefined) {
    return { text: "addCases", path: `/datasets/${run.dataset}`, search: {} };
  }
  if (clause === "noFlips" || clause === "maxRegression" || clause === "minImprovement") {
    // The baseline is the run of the version that comes first; after a rollback there is a second one.
    const first = run.verdict?.clauses.find((each) => each.incumbentVersion !== undefined);
    if (run.baselineRunId === null || incumbentVersion !== first?.incumbentVersion) return null;
    const runs = `${run.baselineRunId},${run.id}`;
    return { text: "whatGotWorse", path: "/evaluations/compare", search: { runs, change: "lost" } };
  }
  if (clause === "minScore") {
    return { text: "notPassed", path: here, search: { tab: "cases", show: "notPassed" } };
  }
  return null;
}

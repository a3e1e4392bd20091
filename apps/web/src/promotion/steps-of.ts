import type { Promotion, VerdictClause } from "@assay/core";

interface Step {
  /** Names the text: `step.<text>`. */
  text: string;
  path: string;
  search: Record<string, string | number>;
  /** The version that the text names, if any. */
  version?: number;
}

const RELATIVE: ReadonlySet<VerdictClause["clause"]> = new Set([
  "noFlips",
  "maxRegression",
  "minImprovement",
]);
/** What the prompt's text can mend. */
const OF_THE_PROMPT: ReadonlySet<VerdictClause["clause"]> = new Set([...RELATIVE, "minScore"]);

/** The ways on from a clause that is not met: where its cause can be seen, and where it can be mended. */
export function stepsOf(of: VerdictClause, promotion: Promotion): Step[] {
  const { clause, outcome, needed, interval } = of;
  if (outcome === "pass" || promotion.gate === null) return [];
  const { evidence, gate, prompt } = promotion;
  const incumbent = incumbentOf(of, promotion);
  if (outcome === "suspended") return [{ text: "judges", path: "/judges", search: {} }];
  const steps: Step[] = [];
  if (RELATIVE.has(clause) && interval === undefined && incumbent !== null && incumbent.runId === null) {
    const search = { start: "yes", suite: gate.suite, version: incumbent.version };
    return [{ text: "measureIncumbent", path: "/evaluations", search, version: incumbent.version }];
  }
  if (evidence !== null && clause === "maxErrors") {
    const path = `/evaluations/${evidence.runId}`;
    steps.push({ text: "errors", path, search: { tab: "cases", show: "failed" } });
  }
  if (RELATIVE.has(clause) && evidence !== null && incumbent?.runId != null) {
    const search = { runs: `${incumbent.runId},${evidence.runId}`, change: "lost" };
    const { version } = incumbent;
    steps.push({ text: "whatGotWorse", path: "/evaluations/compare", search, version });
  }
  if (clause === "minScore" && evidence !== null) {
    const path = `/evaluations/${evidence.runId}`;
    steps.push({ text: "notPassed", path, search: { tab: "cases", show: "notPassed" } });
  }
  if (OF_THE_PROMPT.has(clause)) steps.push({ text: "edit", path: `/prompts/${prompt}`, search: {} });
  if (clause === "minCases" || needed !== undefined) {
    steps.push({ text: "addCases", path: `/datasets/${gate.dataset}`, search: {} });
  }
  return steps;
}

/** The version that a clause compares with: after a rollback there are two. */
function incumbentOf({ incumbentVersion }: VerdictClause, { incumbent, secondIncumbent }: Promotion) {
  return secondIncumbent !== null && incumbentVersion === secondIncumbent.version
    ? secondIncumbent
    : incumbent;
}

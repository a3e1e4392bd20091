import type { ComparedCase, ComparedOutcome, Comparison } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { useFormat } from "../i18n/format.ts";

/** What each run answered to one case, side by side. */
export function ComparedAnswers({ one, comparison }: { one: ComparedCase; comparison: Comparison }) {
  const { t } = useTranslation("evaluations");
  return (
    <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,18rem),1fr))] gap-3 px-4 pb-4">
      {one.outcomes.map((outcome) => {
        const run = comparison.runs.find(({ runId }) => runId === outcome.runId);
        return (
          <li key={outcome.runId} className="min-w-0 rounded-lg border border-line p-3">
            <p className="mb-2 flex flex-wrap items-center gap-2 text-sm">
              <PlaceLink path={`/evaluations/${outcome.runId}`} search={{ case: one.caseKey }}>
                {run === undefined
                  ? outcome.runId
                  : `${run.prompt} ${t("versionShort", { version: run.promptVersion })}`}
              </PlaceLink>
              <OutcomeWord outcome={outcome} />
            </p>
            <Answer outcome={outcome} />
          </li>
        );
      })}
    </ul>
  );
}

function Answer({ outcome: { output, reason } }: { outcome: ComparedOutcome }) {
  const { t } = useTranslation("evaluations");
  return (
    <>
      {output === null ? (
        <p className="text-sm text-ink-soft">{reason === null ? t("noAnswer") : null}</p>
      ) : (
        <ForeignText text={output} className="font-mono text-sm" />
      )}
      {reason !== null && <ForeignText text={reason} className="text-sm text-bad" />}
    </>
  );
}

function OutcomeWord({ outcome: { status, passed, score } }: { outcome: ComparedOutcome }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  if (status === "absent") return <Badge>{t("notRun")}</Badge>;
  if (status !== "scored") return <Badge tone="warn">{t(`resultStatus.${status}`)}</Badge>;
  return (
    <>
      <Badge tone={passed ? "good" : "bad"}>{passed ? t("passed") : t("notPassed")}</Badge>
      <span className="tabular">{score === null ? "–" : format.score(score)}</span>
    </>
  );
}

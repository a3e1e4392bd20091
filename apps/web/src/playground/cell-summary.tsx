import type { CaseOutcome } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { useFormat } from "../i18n/format.ts";
import { showHidden } from "../i18n/show-hidden.ts";
import { isRunning } from "./answer.ts";
import type { CellRun } from "./case-run.ts";

/** Enough to see whether it is worth opening. */
const SHOWN_LENGTH_MAX = 400;

/** One answer in the table: its beginning, its score, its time. */
export function CellSummary({ cell, onOpen }: { cell: CellRun | undefined; onOpen: () => void }) {
  const { t } = useTranslation("playground");
  const format = useFormat();
  if (cell === undefined) return <span className="text-ink-soft">–</span>;
  const { answer, outcome } = cell;
  if (isRunning(answer)) return <span className="text-ink-soft">{t(`answerStatus.${answer.status}`)}</span>;
  return (
    <button type="button" onClick={onOpen} className="flex w-full flex-col gap-1 text-left hover:bg-raised">
      <span className="flex flex-wrap items-center gap-1.5">
        {answer.status !== "done" && (
          <Badge tone={answer.status === "failed" ? "bad" : "neutral"}>
            {t(`answerStatus.${answer.status}`)}
          </Badge>
        )}
        {outcome !== null && <OutcomeBadge outcome={outcome} />}
        {answer.totalMs !== null && (
          <span className="tabular text-xs text-ink-soft">{format.duration(answer.totalMs)}</span>
        )}
      </span>
      <span className="foreign-text line-clamp-4 text-sm" dir="auto">
        {answer.text === "" ? t("noText") : showHidden(answer.text.slice(0, SHOWN_LENGTH_MAX))}
      </span>
    </button>
  );
}

/** Passed, failed, or why there is no score. */
export function OutcomeBadge({ outcome }: { outcome: CaseOutcome }) {
  const { t } = useTranslation("playground");
  const format = useFormat();
  if (outcome.status === "scored") {
    return (
      <Badge tone={outcome.passed ? "good" : "bad"}>
        {t(outcome.passed ? "passed" : "notPassed")} {format.score(outcome.score)}
      </Badge>
    );
  }
  const reason = outcome.status === "not_scored" ? outcome.reason : outcome.failure.message;
  return (
    <Badge tone="warn" title={reason}>
      {t("notScored")}
    </Badge>
  );
}

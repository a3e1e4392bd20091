import type { RunResult } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { type Column, Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { showHidden } from "../i18n/show-hidden.ts";

const EXCERPT_MAX = 140;

export function ResultsTable({
  results,
  onCase,
}: {
  results: readonly RunResult[];
  onCase: (key: string) => void;
}) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const columns: Column<RunResult>[] = [
    {
      key: "case",
      title: t("case"),
      className: "min-w-36",
      cell: ({ caseKey, repeat }) => (
        <>
          <button
            type="button"
            onClick={() => onCase(caseKey)}
            className="text-left text-accent underline-offset-2 [overflow-wrap:anywhere] hover:underline"
          >
            <Bdi>{caseKey}</Bdi>
          </button>
          {repeat > 0 && (
            <span className="text-sm text-ink-soft"> {t("repeat", { number: repeat + 1 })}</span>
          )}
        </>
      ),
    },
    { key: "outcome", title: t("outcome"), cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
    {
      key: "score",
      title: t("score"),
      isNumber: true,
      cell: ({ outcome }) => (outcome.status === "scored" ? format.score(outcome.score) : "–"),
    },
    {
      key: "answer",
      title: t("answer"),
      className: "min-w-60",
      cell: (result) => <Answer result={result} />,
    },
    {
      key: "tags",
      title: t("tags"),
      className: "min-w-32",
      cell: ({ tags }) => (
        <Bdi className="text-sm text-ink-soft [overflow-wrap:anywhere]">{tags.join(", ")}</Bdi>
      ),
    },
    {
      key: "latency",
      title: t("latency"),
      isNumber: true,
      cell: ({ latencyMs }) => (latencyMs === null ? "–" : format.duration(latencyMs)),
    },
    { key: "cost", title: t("cost"), isNumber: true, cell: ({ costMicros }) => format.cost(costMicros) },
  ];
  return (
    <Table
      caption={t("tab.cases")}
      columns={columns}
      rows={results}
      rowKey={({ caseKey, repeat }) => `${repeat} ${caseKey}`}
    />
  );
}

/** Whether an answer passed, in a word. */
export function OutcomeBadge({ outcome }: Pick<RunResult, "outcome">) {
  const { t } = useTranslation("evaluations");
  const [tone, word] = lookOf(outcome);
  return <Badge tone={tone}>{t(word)}</Badge>;
}

function lookOf(outcome: RunResult["outcome"]): [Tone, string] {
  if (outcome.status === "failed") return ["bad", "resultStatus.failed"];
  if (outcome.status === "not_scored") return ["warn", "resultStatus.not_scored"];
  return outcome.passed ? ["good", "passed"] : ["bad", "notPassed"];
}

function Answer({ result: { outcome } }: { result: RunResult }) {
  const text = outcome.status === "failed" ? outcome.failure.message : outcome.output;
  return (
    <Bdi className="foreign-text line-clamp-2 font-mono text-sm" dir="auto">
      {showHidden(text.slice(0, EXCERPT_MAX))}
    </Bdi>
  );
}

import type { ComparedRun, Comparison } from "@assay/core";
import { ArrowUpToLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { Hint } from "../components/hint.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { type Column, Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { labelsHolding } from "./base-first.ts";
import { nameOfRun } from "./name-of-run.ts";
import { ScoreCell } from "./score-cell.tsx";
import { standingOf } from "./standing-of.ts";
import { CHANGE_TONES, sureChange } from "./sure-change.ts";

interface ComparedRunsTableProps {
  comparison: Comparison;
  /** Makes another run what the others are held against. */
  onBase: (runId: string) => void;
}

/** The runs beside each other; the first is what the others are held against. */
export function ComparedRunsTable({ comparison, onBase }: ComparedRunsTableProps) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const [first] = comparison.runs;
  const columns: Column<ComparedRun>[] = [
    {
      key: "run",
      title: t("run"),
      className: "min-w-44",
      cell: (run) => <RunName run={run} isBase={run === first} onBase={onBase} />,
    },
    {
      key: "score",
      title: t("scoreWithInterval"),
      className: "min-w-40",
      cell: ({ summary }) => <ScoreCell label={t("score")} interval={summary.score} />,
    },
    { key: "change", title: t("change"), className: "min-w-40", cell: (run) => <ScoreChange run={run} /> },
    {
      key: "flips",
      title: t("worseAndBetter"),
      isNumber: true,
      cell: ({ deltas }) =>
        deltas === null ? "–" : `${format.integer(deltas.losses)} / ${format.integer(deltas.gains)}`,
    },
    {
      key: "errors",
      title: t("withoutScore"),
      isNumber: true,
      cell: ({ summary }) => format.integer(summary.failed + summary.notScored),
    },
    {
      key: "cost",
      title: t("costOfThousandCases"),
      isNumber: true,
      cell: ({ costPerCaseMicros }) => format.costOfThousand(costPerCaseMicros),
    },
    {
      key: "latency",
      title: t("latencyP95"),
      isNumber: true,
      cell: ({ latencyP95Ms }) => (latencyP95Ms === null ? "–" : format.duration(latencyP95Ms)),
    },
    {
      key: "standing",
      title: (
        <span className="inline-flex items-center gap-1">
          {t("standing")} <Hint about={t("standing")}>{t("standingText")}</Hint>
        </span>
      ),
      cell: (run) => <StandingCell run={run} base={first ?? run} />,
    },
  ];
  return (
    <Table caption={t("compare")} columns={columns} rows={comparison.runs} rowKey={({ runId }) => runId} />
  );
}

interface RunNameProps extends Pick<ComparedRunsTableProps, "onBase"> {
  run: ComparedRun;
  isBase: boolean;
}

function RunName({ run, isBase, onBase }: RunNameProps) {
  const { t } = useTranslation("evaluations");
  const labels = useRead("listLabels", { prompt: run.prompt });
  const held = labelsHolding(run, new Map([[run.prompt, labels.data?.items ?? []]]));
  const name = nameOfRun(run, t);
  return (
    <div className="flex flex-col items-start gap-1">
      <PlaceLink path={`/evaluations/${run.runId}`}>{name}</PlaceLink>
      {held.map((label) => (
        <Badge key={label} tone="neutral">
          <Bdi>{t("inUseBy", { label })}</Bdi>
        </Badge>
      ))}
      {isBase ? (
        <Badge tone="info">{t("base")}</Badge>
      ) : (
        <Button
          isSmall
          look="quiet"
          className="-ml-2.5"
          icon={<ArrowUpToLine className="size-4" aria-hidden />}
          aria-label={t("useAsBaseOf", { name })}
          onClick={() => onBase(run.runId)}
        >
          {t("useAsBase")}
        </Button>
      )}
      {run.isPart && <Badge tone="warn">{t("part")}</Badge>}
    </div>
  );
}

function StandingCell({ run, base }: { run: ComparedRun; base: ComparedRun }) {
  const { t } = useTranslation("evaluations");
  const { word, tone } = standingOf(run, base);
  return <Badge tone={tone}>{t(`dominated.${word}`)}</Badge>;
}

function ScoreChange({ run }: { run: ComparedRun }) {
  const { t } = useTranslation("evaluations");
  const { deltas } = run;
  const word = sureChange(run);
  if (deltas === null || word === null) return "–";
  return (
    <>
      <ScoreCell
        label={t("change")}
        interval={deltas.score.difference}
        from={-1}
        to={1}
        bound={0}
        tone={CHANGE_TONES[word]}
        isDifference
      />
      <span className="text-sm text-ink-soft">{t(word)}</span>
    </>
  );
}

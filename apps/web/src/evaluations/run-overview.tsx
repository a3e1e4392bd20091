import type { Run } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Card } from "../components/card.tsx";
import { Loaded } from "../components/loaded.tsx";
import { useFormat } from "../i18n/format.ts";
import { FlipsCard } from "./flips-card.tsx";
import { Histogram } from "./histogram.tsx";
import { MetricsTable } from "./metrics-table.tsx";
import { ReasonList } from "./reason-list.tsx";
import { RunNumbers } from "./run-numbers.tsx";
import { isActive } from "./run-status.tsx";
import { TagsTable } from "./tags-table.tsx";

const EVERY_MS = 5_000;

interface RunOverviewProps {
  run: Run;
  onCase: (key: string) => void;
}

export function RunOverview({ run, onCase }: RunOverviewProps) {
  const breakdown = useRead("getRunBreakdown", { runId: run.id }, { everyMs: isActive(run) && EVERY_MS });
  const baselineRunId = run.status === "completed" ? run.baselineRunId : null;
  const comparison = useRead(
    "compareRuns",
    { runs: `${baselineRunId},${run.id}` },
    { isEnabled: baselineRunId !== null },
  );
  const deltas = comparison.data?.runs[1]?.deltas ?? null;
  return (
    <div className="flex flex-col gap-5">
      {run.summary !== null && <RunNumbers run={run} summary={run.summary} deltas={deltas} />}
      {baselineRunId !== null && (
        <FlipsCard
          runs={`${baselineRunId},${run.id}`}
          baselineVersion={comparison.data?.runs[0]?.promptVersion ?? null}
          deltas={deltas}
          onCase={onCase}
        />
      )}
      <Loaded from={breakdown}>
        {(found) => (
          <>
            {found.reasons.length > 0 && <ReasonList reasons={found.reasons} onCase={onCase} />}
            <Distributions breakdown={found} />
          </>
        )}
      </Loaded>
      {run.summary !== null && (
        <>
          <TagsTable run={run} summary={run.summary} deltas={deltas} />
          <MetricsTable summary={run.summary} deltas={deltas} />
        </>
      )}
    </div>
  );
}

function Distributions({
  breakdown: { scores, latencies },
}: {
  breakdown: {
    scores: { from: number; to: number; passed: number; notPassed: number }[];
    latencies: { fromMs: number; toMs: number; count: number }[];
  };
}) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Card title={t("scoreDistribution")}>
        <Histogram
          label={t("scoreDistribution")}
          series={[
            { name: t("passed"), tone: "good" },
            { name: t("notPassed"), tone: "bad" },
          ]}
          bins={scores.map(({ from, to, passed, notPassed }) => ({
            name: `${format.percent(from, 0)} – ${format.percent(to, 0)}`,
            counts: [passed, notPassed],
          }))}
          ends={[format.score(0), format.score(1)]}
        />
      </Card>
      <Card title={t("latencyDistribution")}>
        <Histogram
          label={t("latencyDistribution")}
          series={[{ name: t("answers"), tone: "info" }]}
          bins={latencies.map(({ fromMs, toMs, count }) => ({
            name: `${format.duration(fromMs)} – ${format.duration(toMs)}`,
            counts: [count],
          }))}
          ends={[format.duration(0), format.duration(latencies.at(-1)?.toMs ?? 0)]}
        />
      </Card>
    </div>
  );
}

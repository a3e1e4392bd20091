import type { ComparedDeltas, RunSummary } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { type Column, Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { ScoreCell } from "./score-cell.tsx";

type Metric = RunSummary["metrics"][number];

/** Each scorer's own mean. */
export function MetricsTable({ summary, deltas }: { summary: RunSummary; deltas: ComparedDeltas | null }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const deltaOf = new Map(deltas?.metrics.map((each) => [each.name, each]));
  const columns: Column<Metric>[] = [
    {
      key: "metric",
      title: t("metric"),
      className: "min-w-32",
      cell: ({ name }) => <Bdi className="[overflow-wrap:anywhere]">{name}</Bdi>,
    },
    {
      key: "score",
      title: t("scoreWithInterval"),
      className: "min-w-48",
      cell: ({ name, score }) => <ScoreCell label={name} interval={score} />,
    },
    {
      key: "notScored",
      title: t("notScored"),
      isNumber: true,
      cell: ({ notScored }) => format.integer(notScored),
    },
    ...(deltas === null
      ? []
      : [
          {
            key: "change",
            title: t("changeFromInUse"),
            className: "min-w-48",
            cell: ({ name }: Metric) => (
              <ScoreCell
                label={name}
                interval={deltaOf.get(name)?.difference}
                from={-1}
                to={1}
                bound={0}
                tone="neutral"
                isDifference
              />
            ),
          },
        ]),
  ];
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-lg font-semibold">{t("byMetric")}</h2>
      <Table caption={t("byMetric")} columns={columns} rows={summary.metrics} rowKey={({ name }) => name} />
    </section>
  );
}

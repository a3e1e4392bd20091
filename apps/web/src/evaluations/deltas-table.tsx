import type { ComparedDelta, ComparedDeltas, Interval } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { type Column, Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { ScoreCell } from "./score-cell.tsx";
import { StandsOutBadge } from "./stands-out-badge.tsx";

interface Row extends ComparedDelta {
  name: string;
}

/** Differences by scorer and by tag, each with its interval. */
export function DeltasTable({ deltas }: { deltas: ComparedDeltas }) {
  const { t } = useTranslation("evaluations");
  const tags = deltas.tags
    .map(({ tag, ...each }) => ({ ...each, name: tag }))
    .toSorted((a, b) => (a.difference.mean ?? 0) - (b.difference.mean ?? 0));
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Deltas title={t("byMetric")} rows={deltas.metrics} />
      {tags.length > 0 && <Deltas title={t("byTag")} rows={tags} whole={deltas.score.difference} />}
    </div>
  );
}

interface DeltasProps {
  title: string;
  rows: readonly Row[];
  /** Of all cases, where the rows are parts of them. */
  whole?: Interval;
}

function Deltas({ title, rows, whole }: DeltasProps) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const columns: Column<Row>[] = [
    {
      key: "name",
      title: t("name"),
      cell: ({ name, difference }) => (
        <span className="flex flex-wrap items-center gap-2">
          <Bdi className="[overflow-wrap:anywhere]">{name}</Bdi>
          <StandsOutBadge part={difference} whole={whole} />
        </span>
      ),
    },
    { key: "pairs", title: t("casesCount"), isNumber: true, cell: ({ pairs }) => format.integer(pairs) },
    {
      key: "difference",
      title: t("change"),
      className: "min-w-48",
      cell: ({ name, difference }) => (
        <ScoreCell
          label={name}
          interval={difference}
          from={-1}
          to={1}
          bound={0}
          tone="neutral"
          isDifference
        />
      ),
    },
  ];
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h2 className="text-lg font-semibold">{title}</h2>
      <Table caption={title} columns={columns} rows={rows} rowKey={({ name }) => name} />
    </section>
  );
}

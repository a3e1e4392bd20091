import type { PromptOverview, Traffic } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { IntervalPlot } from "../components/interval-plot.tsx";
import { LabelBadge } from "../components/label-badge.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { TrendCell } from "./trend-cell.tsx";

interface PromptTableProps {
  rows: readonly PromptOverview[];
  traffic: Traffic | undefined;
}

/** Every prompt: what its labels mean and whether that is proven, how good it is, what it costs, how long it takes. */
export function PromptTable({ rows, traffic }: PromptTableProps) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const trendOf = new Map(traffic?.items.map((item) => [item.prompt, item]));
  return (
    <div className="flex flex-col gap-1.5">
      <Table
        caption={t("prompts")}
        rows={rows}
        rowKey={({ prompt }) => prompt}
        columns={[
          {
            key: "prompt",
            title: t("prompt"),
            className: "min-w-40",
            cell: (row) => <PromptCell row={row} />,
          },
          {
            key: "labels",
            title: t("labels"),
            className: "min-w-52",
            cell: (row) => <LabelsCell row={row} />,
          },
          {
            key: "quality",
            title: t("quality"),
            className: "min-w-44",
            cell: (row) => <QualityCell row={row} />,
          },
          {
            key: "cost",
            title: t("costPerRequest"),
            cell: (row) => <TrendCell trend={trendOf.get(row.prompt)} of="cost" />,
          },
          {
            key: "latency",
            title: t("latencyP95"),
            cell: (row) => <TrendCell trend={trendOf.get(row.prompt)} of="latency" />,
          },
          {
            key: "requests",
            title: t("requests"),
            cell: (row) => <TrendCell trend={trendOf.get(row.prompt)} of="requests" />,
          },
        ]}
      />
      {traffic?.isPart === true && (
        <p className="text-sm text-ink-soft">{t("trafficPart", { since: format.dateTime(traffic.since) })}</p>
      )}
    </div>
  );
}

function PromptCell({ row }: { row: PromptOverview }) {
  const { t } = useTranslation("home");
  return (
    <>
      <PlaceLink
        path={`/prompts/${row.prompt}`}
        className="font-semibold hover:underline [overflow-wrap:anywhere]"
      >
        <Bdi>{row.prompt}</Bdi>
      </PlaceLink>
      {row.description !== "" && (
        <p className="line-clamp-2 max-w-72 text-sm text-ink-soft [overflow-wrap:anywhere]">
          <Bdi>{row.description}</Bdi>
        </p>
      )}
      {row.liveChanges > 0 && (
        <PlaceLink
          path="/changes"
          search={{ prompt: row.prompt }}
          className="text-sm text-accent hover:underline"
        >
          {t("liveChanges", { count: row.liveChanges })}
        </PlaceLink>
      )}
    </>
  );
}

const LABELS_SHOWN = 3;

function LabelsCell({ row }: { row: PromptOverview }) {
  const { t } = useTranslation("home");
  const shown = row.labels.slice(0, LABELS_SHOWN);
  const hidden = row.labelCount - shown.length;
  return (
    <ul className="flex flex-col items-start gap-1">
      {shown.map((label) => (
        <li key={label.name} className="max-w-full">
          <PlaceLink
            path={`/prompts/${row.prompt}/promote`}
            search={{ label: label.name, version: label.version }}
            className="hover:underline"
          >
            <LabelBadge label={label} />
          </PlaceLink>
        </li>
      ))}
      {hidden > 0 && <li className="text-sm text-ink-soft">{t("moreLabels", { count: hidden })}</li>}
    </ul>
  );
}

function QualityCell({ row: { quality } }: { row: PromptOverview }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const mean = quality?.score.mean;
  if (quality == null || mean == null)
    return <span className="text-sm text-ink-soft">{t("notMeasured")}</span>;
  const { lower, upper } = quality.score;
  return (
    <div className="min-w-36">
      <PlaceLink path={`/evaluations/${quality.runId}`} className="tabular font-medium hover:underline">
        {format.score(mean)}
      </PlaceLink>
      {lower !== null && upper !== null && (
        <>
          <span className="tabular ml-1.5 text-sm text-ink-soft">
            {format.score(lower)}–{format.score(upper)}
          </span>
          <IntervalPlot label={t("quality")} value={mean} lower={lower} upper={upper} from={0} to={1} />
        </>
      )}
      <p className="text-sm text-ink-soft">
        {t("ofVersion", { version: quality.version, cases: format.integer(quality.cases) })}
        {!quality.isEvidence && ` · ${t("noEvidence")}`}
      </p>
    </div>
  );
}

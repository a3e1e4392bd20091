import type { ComparedRun } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { useFormat } from "../i18n/format.ts";
import { nameOfRun } from "./name-of-run.ts";
import { type ParetoPoint, paretoPoints } from "./pareto-points.ts";
import { standingOf } from "./standing-of.ts";

const FILLS = { good: "fill-good stroke-good", warn: "fill-warn stroke-warn", bad: "fill-bad stroke-bad" };

/** Quality against cost or speed: up and to the left is better. The table above has the same figures. */
export function ParetoPlot({ runs, by }: { runs: readonly ComparedRun[]; by: "cost" | "latency" }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const { points, costMax } = paretoPoints(runs, (run) =>
    by === "cost" ? run.costPerCaseMicros : run.latencyP95Ms,
  );
  if (points.length === 0) return <p className="text-ink-soft">{t(`${by}NotKnown`)}</p>;
  const axis = by === "cost" ? t("costOfThousandCases") : t("latencyP95");
  const end = by === "cost" ? format.costOfThousand(costMax) : format.duration(costMax);
  return (
    <figure className="flex flex-col gap-1.5">
      <p className="text-sm text-ink-soft">↑ {t("score")}</p>
      <svg role="img" aria-label={t("paretoLabel", { axis })} className="h-52 w-full overflow-visible">
        <title>{t("paretoLabel", { axis })}</title>
        <line x1="0" y1="100%" x2="100%" y2="100%" className="stroke-line-strong" />
        <line x1="0" y1="0" x2="0" y2="100%" className="stroke-line-strong" />
        {points.map((point) => (
          <Point key={point.run.runId} point={point} base={runs[0] ?? point.run} />
        ))}
      </svg>
      <p className="tabular flex justify-between text-sm text-ink-soft">
        <span>0</span>
        <span>{axis} →</span>
        <span>{end}</span>
      </p>
      <figcaption>
        <ol className="text-sm">
          {points.map(({ run, number }) => (
            <li key={run.runId}>
              <strong>{number}</strong> <Bdi className="[overflow-wrap:anywhere]">{nameOfRun(run, t)}</Bdi>
            </li>
          ))}
        </ol>
      </figcaption>
    </figure>
  );
}

function Point({
  point: { run, x, y, yLower, yUpper, number },
  base,
}: {
  point: ParetoPoint;
  base: ComparedRun;
}) {
  return (
    <g className={FILLS[standingOf(run, base).tone]}>
      <line
        x1={`${x}%`}
        x2={`${x}%`}
        y1={`${yUpper}%`}
        y2={`${yLower}%`}
        strokeWidth="3"
        strokeLinecap="round"
      />
      <circle cx={`${x}%`} cy={`${y}%`} r="6" />
      <text x={`${x}%`} y={`${y}%`} dx="11" dy="5" className="fill-ink stroke-none text-sm font-semibold">
        {number}
      </text>
    </g>
  );
}

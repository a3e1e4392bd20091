import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/format.ts";

interface Bin {
  name: string;
  /** One for each series, drawn from the ground up. */
  counts: readonly number[];
}

interface HistogramProps {
  label: string;
  series: readonly { name: string; tone: "good" | "bad" | "info" }[];
  bins: readonly Bin[];
  /** What stands under the first and the last bin. */
  ends: readonly [string, string];
}

const FILLS = { good: "fill-good", bad: "fill-bad", info: "fill-info" };
const HEIGHT = 120;
const GAP = 0.12;

/** How many results lie where; the same figures as a table for those who do not see it. */
export function Histogram({ label, series, bins, ends }: HistogramProps) {
  const { t } = useTranslation("evaluations");
  const most = Math.max(1, ...bins.map(({ counts }) => sum(counts)));
  if (bins.every(({ counts }) => sum(counts) === 0)) {
    return <p className="text-ink-soft">{t("nothingYet")}</p>;
  }
  return (
    <figure className="flex flex-col gap-1.5">
      <svg
        aria-hidden
        viewBox={`0 0 ${bins.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-32 w-full border-b border-line-strong"
      >
        {bins.map((bin, at) => (
          <Bar key={bin.name} bin={bin} at={at} scale={HEIGHT / most} series={series} />
        ))}
      </svg>
      <div className="tabular flex justify-between text-sm text-ink-soft">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-soft">
        {series.length > 1 && series.map(({ name, tone }) => <Key key={name} name={name} tone={tone} />)}
        <BinTable label={label} series={series} bins={bins} />
      </figcaption>
    </figure>
  );
}

function Bar({
  bin,
  at,
  scale,
  series,
}: {
  bin: Bin;
  at: number;
  scale: number;
  series: HistogramProps["series"];
}) {
  let top = HEIGHT;
  return (
    <g>
      <title>{`${bin.name}: ${bin.counts.join(" + ")}`}</title>
      {bin.counts.map((count, index) => {
        const height = count * scale;
        top -= height;
        const { name, tone } = series[index] ?? { name: "", tone: "info" };
        return (
          <rect key={name} x={at + GAP / 2} width={1 - GAP} y={top} height={height} className={FILLS[tone]} />
        );
      })}
    </g>
  );
}

function Key({ name, tone }: HistogramProps["series"][number]) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden className="size-3">
        <rect width="12" height="12" rx="2" className={FILLS[tone]} />
      </svg>
      {name}
    </span>
  );
}

function BinTable({ label, series, bins }: Omit<HistogramProps, "ends">) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  return (
    <details className="min-w-0">
      <summary className="cursor-pointer">{t("asTable")}</summary>
      <table className="tabular mt-1">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            <th scope="col" className="pr-4 text-left font-medium">
              {t("range")}
            </th>
            {series.map(({ name }) => (
              <th key={name} scope="col" className="pr-4 text-right font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bins
            .filter(({ counts }) => sum(counts) > 0)
            .map(({ name, counts }) => (
              <tr key={name}>
                <th scope="row" className="pr-4 text-left font-normal">
                  {name}
                </th>
                {series.map((each, index) => (
                  <td key={each.name} className="pr-4 text-right">
                    {format.integer(counts[index] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </details>
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

import type { Interval } from "@assay/core";
import type { Tone } from "../components/badge.tsx";
import { IntervalPlot } from "../components/interval-plot.tsx";
import { useFormat } from "../i18n/format.ts";

interface ScoreCellProps {
  label: string;
  interval: Interval | undefined;
  /** Ends of the scale; a score's unless said. */
  from?: number;
  to?: number;
  bound?: number;
  tone?: Tone;
  isDifference?: boolean;
}

/** A mean with its interval, in figures and as a picture. */
export function ScoreCell({ label, interval, from = 0, to = 1, bound, tone, isDifference }: ScoreCellProps) {
  const format = useFormat();
  if (interval?.mean == null) return <span className="text-ink-soft">–</span>;
  const show = isDifference === true ? format.signed : format.score;
  const { mean, lower, upper } = interval;
  return (
    <div className="flex min-w-36 flex-col">
      <span className="tabular">
        <strong className="font-semibold">{show(mean)}</strong>
        {lower !== null && upper !== null && (
          <span className="text-sm text-ink-soft">
            {" "}
            {show(lower)} … {show(upper)}
          </span>
        )}
      </span>
      {lower !== null && upper !== null && (
        <IntervalPlot
          {...{ label, value: mean, lower, upper, from, to }}
          bound={bound}
          tone={tone ?? "info"}
        />
      )}
    </div>
  );
}

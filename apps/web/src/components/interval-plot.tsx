import { useFormat } from "../i18n/format.ts";
import type { Tone } from "./badge.tsx";

interface IntervalPlotProps {
  /** What is measured, for those who hear it. */
  label: string;
  value: number;
  lower: number;
  upper: number;
  /** The ends of the scale, shared by all plots that are to be compared. */
  from: number;
  to: number;
  /** What must be reached, drawn as a line: a gate's bound, or 0 for a difference. */
  bound?: number | undefined;
  tone?: Tone;
}

const FILLS: Record<Tone, string> = {
  good: "fill-good stroke-good",
  bad: "fill-bad stroke-bad",
  warn: "fill-warn stroke-warn",
  info: "fill-info stroke-info",
  neutral: "fill-ink-soft stroke-ink-soft",
};

/** A value with its 95 % interval on a scale, and the bound it is held against. */
export function IntervalPlot({
  label,
  value,
  lower,
  upper,
  from,
  to,
  bound,
  tone = "info",
}: IntervalPlotProps) {
  const format = useFormat();
  const x = (at: number) =>
    to === from ? 50 : Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));
  const words = `${label}: ${format.score(value)} [${format.score(lower)}, ${format.score(upper)}]${bound === undefined ? "" : ` | ${format.score(bound)}`}`;
  return (
    <svg role="img" aria-label={words} className="h-6 w-full overflow-visible">
      <title>{words}</title>
      <line x1="0" x2="100%" y1="12" y2="12" className="stroke-line" strokeWidth="2" />
      {bound !== undefined && (
        <line
          x1={`${x(bound)}%`}
          x2={`${x(bound)}%`}
          y1="1"
          y2="23"
          className="stroke-ink"
          strokeWidth="1.5"
          strokeDasharray="3 2"
        />
      )}
      <line
        x1={`${x(lower)}%`}
        x2={`${x(upper)}%`}
        y1="12"
        y2="12"
        className={FILLS[tone]}
        strokeWidth="4"
        strokeLinecap="round"
      />
      <circle cx={`${x(value)}%`} cy="12" r="5" className={FILLS[tone]} />
    </svg>
  );
}

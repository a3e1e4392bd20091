/** How a number went, oldest first. Gaps are days of which nothing is known. */
export function Sparkline({ label, values }: { label: string; values: readonly (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <span className="text-ink-soft">–</span>;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const points = values.flatMap((value, index) =>
    value === null ? [] : [`${(index / (values.length - 1)) * 100},${22 - ((value - low) / span) * 20}`],
  );
  return (
    <svg role="img" aria-label={label} viewBox="0 0 100 24" preserveAspectRatio="none" className="h-6 w-24">
      <title>{label}</title>
      <polyline
        points={points.join(" ")}
        fill="none"
        className="stroke-accent"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

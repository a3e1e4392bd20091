import type { ComparedDeltas, VersionEvidence } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { ErrorNotice } from "../components/error-notice.tsx";
import { IntervalPlot } from "../components/interval-plot.tsx";
import { Waiting } from "../components/loaded.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { useFormat } from "../i18n/format.ts";

interface Measured {
  version: number;
  evidence: VersionEvidence | null;
}

interface QualityDifferenceProps {
  prompt: string;
  from: Measured;
  to: Measured;
}

/** What their evaluations say of two versions on the same cases, where both have one. */
export function QualityDifference({ prompt, from, to }: QualityDifferenceProps) {
  const { t } = useTranslation("prompts");
  if (from.version === to.version) return null;
  if (from.evidence === null || to.evidence === null) {
    const unmeasured = [from, to].filter(({ evidence }) => evidence === null);
    return (
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-ink-soft">
        {t("quality.unmeasured")}
        {unmeasured.map(({ version }) => (
          <PlaceLink key={version} path="/evaluations" search={{ start: "yes", prompt, version }}>
            {t("quality.evaluate", { version })}
          </PlaceLink>
        ))}
      </p>
    );
  }
  if (from.evidence.suite !== to.evidence.suite) {
    return <p className="text-ink-soft">{t("quality.otherSuite")}</p>;
  }
  return <Compared runs={`${from.evidence.runId},${to.evidence.runId}`} />;
}

function Compared({ runs }: { runs: string }) {
  const { t } = useTranslation("prompts");
  const comparison = useRead("compareRuns", { runs });
  if (comparison.error !== null) return <ErrorNotice error={comparison.error} />;
  const deltas = comparison.data?.runs[1]?.deltas;
  if (deltas === undefined || deltas === null) return <Waiting />;
  return (
    <section aria-labelledby="quality" className="flex flex-col gap-2 rounded-lg bg-raised/60 p-3">
      <h3 id="quality" className="font-medium">
        {t("quality.title")}
      </h3>
      <ScoreDifference deltas={deltas} />
      <SmallFacts deltas={deltas} />
      <PlaceLink
        path="/evaluations/compare"
        search={{ runs }}
        className="text-sm font-semibold text-accent hover:underline"
      >
        {t("quality.toComparison")}
      </PlaceLink>
    </section>
  );
}

function ScoreDifference({ deltas: { score } }: { deltas: ComparedDeltas }) {
  const { t } = useTranslation("prompts");
  const format = useFormat();
  const { mean, lower, upper } = score.difference;
  if (mean === null || lower === null || upper === null) return <p>{t("quality.unknown")}</p>;
  const verdict = lower > 0 ? "better" : upper < 0 ? "worse" : "unclear";
  const tone = { better: "good", worse: "bad", unclear: "neutral" } as const;
  const reach = Math.max(0.1, Math.abs(lower), Math.abs(upper));
  return (
    <div className="flex flex-col gap-1">
      <p>
        {t(`quality.${verdict}`, {
          mean: format.signed(mean),
          lower: format.signed(lower),
          upper: format.signed(upper),
        })}
      </p>
      <div className="max-w-md">
        <IntervalPlot
          label={t("quality.score")}
          value={mean}
          lower={lower}
          upper={upper}
          from={-reach}
          to={reach}
          bound={0}
          tone={tone[verdict]}
        />
      </div>
    </div>
  );
}

function SmallFacts({ deltas }: { deltas: ComparedDeltas }) {
  const { t } = useTranslation("prompts");
  const format = useFormat();
  const { gains, losses, latencyP95Ms, costPerCaseMicros } = deltas;
  return (
    <p className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
      <span>{t("quality.gains", { count: gains })}</span>
      <span>{t("quality.losses", { count: losses })}</span>
      {latencyP95Ms !== null && (
        <span>{t("quality.latency", { text: format.difference(latencyP95Ms, format.duration) })}</span>
      )}
      {costPerCaseMicros !== null && costPerCaseMicros !== 0 && (
        <span>
          {t("quality.cost", { text: format.difference(costPerCaseMicros, format.costOfThousand) })}
        </span>
      )}
    </p>
  );
}

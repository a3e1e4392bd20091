import type { ComparedDeltas, Run, RunSummary } from "@assay/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Hint } from "../components/hint.tsx";
import { useFormat } from "../i18n/format.ts";
import { ScoreCell } from "./score-cell.tsx";

interface RunNumbersProps {
  run: Run;
  summary: RunSummary;
  deltas: ComparedDeltas | null;
}

/** The run in figures; errors stand beside the score, never within it. */
export function RunNumbers({ run, summary, deltas }: RunNumbersProps) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const { costMicros, latencyP50Ms, latencyP95Ms, cases, failed, notScored } = summary;
  const perCase = costMicros === null || cases === 0 ? null : costMicros / cases;
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(10rem,1fr))] gap-3">
      <Figure name={t("score")} hint={t("intervalText")}>
        <ScoreCell label={t("score")} interval={summary.score} />
        <Change value={deltas?.score.difference.mean ?? null} show={format.signed} />
      </Figure>
      <Figure name={t("passedShare")}>
        <strong>
          {format.percent(summary.passShare?.mean ?? summary.passed / Math.max(1, summary.scored))}
        </strong>
        <Small>
          {t("passedOf", { passed: format.integer(summary.passed), scored: format.integer(summary.scored) })}
        </Small>
      </Figure>
      <Figure name={t("withoutScore")} hint={t("withoutScoreText")}>
        <strong className={failed + notScored > 0 ? "text-bad" : undefined}>
          {format.integer(failed + notScored)}
        </strong>
        <Small>
          {t("failedAndNotScored", { failed: format.integer(failed), notScored: format.integer(notScored) })}
        </Small>
      </Figure>
      <Figure name={t("latency")}>
        <strong>{latencyP50Ms === null ? "–" : format.duration(latencyP50Ms)}</strong>
        <Small>{t("p95", { latency: latencyP95Ms === null ? "–" : format.duration(latencyP95Ms) })}</Small>
        <Change value={deltas?.latencyP95Ms ?? null} show={(ms) => format.difference(ms, format.duration)} />
      </Figure>
      <Figure name={t("cost")}>
        <strong title={format.cost(costMicros)}>{format.costToCent(costMicros)}</strong>
        <Small>{t("perThousand", { cost: format.costOfThousand(perCase) })}</Small>
        <Change
          value={deltas?.costPerCaseMicros ?? null}
          show={(micros) => format.difference(micros, format.costOfThousand)}
        />
      </Figure>
      <Figure name={t("tokens")}>
        <strong>{format.integer(summary.promptTokens + summary.completionTokens)}</strong>
        <Small>{t("reusedAnswers", { count: run.reused, of: format.integer(run.progress.done) })}</Small>
      </Figure>
    </dl>
  );
}

function Figure({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <div className="rounded-xl border border-line bg-surface px-4 py-3">
      <dt className="flex items-center gap-1 text-sm text-ink-soft">
        {name}
        {hint !== undefined && <Hint about={name}>{hint}</Hint>}
      </dt>
      <dd className="tabular mt-0.5 text-lg [&_strong]:font-semibold">{children}</dd>
    </div>
  );
}

function Small({ children }: { children: ReactNode }) {
  return <span className="block text-sm text-ink-soft">{children}</span>;
}

function Change({ value, show }: { value: number | null; show: (value: number) => string }) {
  const { t } = useTranslation("evaluations");
  if (value === null) return null;
  return <Small>{t("againstInUse", { change: show(value) })}</Small>;
}

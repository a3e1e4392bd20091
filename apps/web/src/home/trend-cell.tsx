import type { PromptTrend } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Sparkline } from "../components/sparkline.tsx";
import { useFormat } from "../i18n/format.ts";
import { type TrendMeasure, trendOf } from "./trend-of.ts";

/** A number over the last 14 days, and how it went. */
export function TrendCell({ trend, of }: { trend: PromptTrend | undefined; of: TrendMeasure }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  if (trend === undefined) return <span className="text-sm text-ink-soft">{t(`trend.none.${of}`)}</span>;
  const { total, days } = trendOf(trend, of, Date.now());
  const show = { cost: format.costOfThousand, latency: format.duration, requests: format.integer }[of];
  const text = total === null ? t("trend.unknown") : show(total);
  return (
    <div className="flex flex-col gap-0.5">
      <span className="tabular whitespace-nowrap">{text}</span>
      {days.filter((value) => value !== null).length > 1 && (
        <Sparkline label={t(`trend.${of}`, { total: text })} values={days} />
      )}
      {of === "requests" && trend.failedRequests > 0 && (
        <span className="text-sm text-bad">
          {t("trend.failed", { share: format.percent(trend.failedRequests / trend.requests) })}
        </span>
      )}
    </div>
  );
}

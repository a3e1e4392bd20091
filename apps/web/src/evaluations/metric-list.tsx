import type { MetricScore } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { useFormat } from "../i18n/format.ts";

/** What each scorer made of an answer, and why. */
export function MetricList({ metrics }: { metrics: readonly MetricScore[] }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  return (
    <ul className="flex flex-col divide-y divide-line rounded-lg border border-line">
      {metrics.map(({ name, type, weight, outcome, passed }) => (
        <li key={name} className="flex flex-col gap-1 px-3 py-2">
          <p className="flex flex-wrap items-center gap-2">
            <Bdi className="font-medium [overflow-wrap:anywhere]">{name}</Bdi>
            <span className="flex-1 text-sm text-ink-soft">
              {name !== type && `${type} · `}
              {weight === 0 ? t("onlyReported") : t("weight", { weight: format.integer(weight) })}
            </span>
            {outcome.status === "scored" && (
              <strong className="tabular">{format.score(outcome.score)}</strong>
            )}
            {passed !== undefined && (
              <Badge tone={passed ? "good" : "bad"}>{passed ? t("passed") : t("notPassed")}</Badge>
            )}
            {outcome.status === "not_scored" && <Badge tone="warn">{t("resultStatus.not_scored")}</Badge>}
          </p>
          <Why outcome={outcome} />
        </li>
      ))}
    </ul>
  );
}

function Why({ outcome }: Pick<MetricScore, "outcome">) {
  const text = outcome.status === "not_scored" ? outcome.reason : outcome.detail;
  return text === undefined ? null : <ForeignText text={text} className="text-sm text-ink-soft" />;
}

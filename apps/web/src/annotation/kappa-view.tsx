import type { JudgeAgreement } from "@assay/core";
import { useTranslation } from "react-i18next";
import { IntervalPlot } from "../components/interval-plot.tsx";
import { kappaWord } from "../gate/kappa-words.ts";
import { useFormat } from "../i18n/format.ts";

interface KappaViewProps {
  title: string;
  kind: "judge" | "people";
  kappa: JudgeAgreement["amongPeople"] & Partial<JudgeAgreement["judgeAndPeople"]>;
}

/** In words what can be said with confidence, and then κ with its interval. */
export function KappaView({ title, kind, kappa }: KappaViewProps) {
  const { t } = useTranslation("annotation");
  const format = useFormat();
  const { kappa: value, lower, upper, agreement, n, judgePassRate, humanPassRate } = kappa;
  const isKnown = value !== null && lower !== null && upper !== null;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h3 className="font-semibold">{title}</h3>
      <p>{n === 0 ? t(`noneYet.${kind}`) : t(`words.${kind}.${kappaWord({ lower })}`)}</p>
      {isKnown && (
        <>
          <p className="tabular text-sm text-ink-soft">
            κ {format.score(value)} {t("between", { lower: format.score(lower), upper: format.score(upper) })}
          </p>
          <IntervalPlot
            label={title}
            value={value}
            lower={lower}
            upper={upper}
            from={-0.2}
            to={1}
            bound={0}
          />
        </>
      )}
      {n > 0 && (
        <p className="text-sm text-ink-soft">
          {t("countedOutputs", { count: n })}
          {agreement !== null && ` ${t("sameOf", { share: format.percent(agreement, 0) })}`}
          {judgePassRate != null &&
            humanPassRate != null &&
            ` ${t("passRates", { judge: format.percent(judgePassRate, 0), people: format.percent(humanPassRate, 0) })}`}
        </p>
      )}
    </div>
  );
}

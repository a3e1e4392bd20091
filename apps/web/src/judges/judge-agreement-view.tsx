import type { JudgeInSuite } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Hint } from "../components/hint.tsx";
import { IntervalPlot } from "../components/interval-plot.tsx";
import { ProgressBar } from "../components/progress-bar.tsx";
import { kappaWord } from "../gate/kappa-words.ts";
import { useFormat } from "../i18n/format.ts";

/** How far a judge agrees with people, against what its gate asks for. */
export function JudgeAgreementView({ judge }: { judge: JudgeInSuite }) {
  const { t } = useTranslation(["judges", "annotation"]);
  const format = useFormat();
  const { agreement, minKappa, minLabels, standing } = judge;
  const labels = agreement?.n ?? 0;
  const { kappa = null, lower = null, upper = null } = agreement ?? {};
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="mb-1 flex items-center gap-1 font-medium">
          {t("agreement")} <Hint about={t("whatIsKappa")}>{t("kappaText")}</Hint>
        </p>
        {kappa === null || lower === null || upper === null ? (
          <p className="text-ink-soft">{labels === 0 ? t("noLabels") : t("kappaUndefined")}</p>
        ) : (
          <>
            <p>{t(`annotation:words.judge.${kappaWord({ lower })}`)}</p>
            <p className="text-sm text-ink-soft">
              {t("kappaWords", {
                kappa: format.score(kappa),
                lower: format.score(lower),
                asked: format.score(minKappa),
              })}
            </p>
            <IntervalPlot
              label={t("agreement")}
              value={kappa}
              lower={lower}
              upper={upper}
              from={-0.2}
              to={1}
              bound={minKappa}
              tone={standing === "proven" ? "good" : standing === "suspended" ? "warn" : "neutral"}
            />
          </>
        )}
      </div>
      <div>
        <p className="tabular mb-1 text-sm text-ink-soft">
          {t("labels", { count: labels, asked: format.integer(minLabels) })}
        </p>
        <ProgressBar label={t("labelsDone")} done={Math.min(labels, minLabels)} total={minLabels} />
      </div>
    </div>
  );
}

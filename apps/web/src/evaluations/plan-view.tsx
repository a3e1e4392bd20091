import type { PlannedRun } from "@assay/core";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../components/error-notice.tsx";
import { useFormat } from "../i18n/format.ts";
import { PowerWords } from "./power-words.tsx";

interface PlanViewProps {
  plan: PlannedRun | undefined;
  error: Error | null;
  /** What is still to be chosen. */
  missing: string | null;
}

/** What the run would do, cost and could show. */
export function PlanView({ plan, error, missing }: PlanViewProps) {
  const { t } = useTranslation("evaluations");
  return (
    <section aria-label={t("plan")} aria-live="polite" className="rounded-xl bg-raised px-4 py-3">
      {missing !== null && <p className="text-ink-soft">{missing}</p>}
      <ErrorNotice error={error} />
      {plan !== undefined && error === null && <PlanWords plan={plan} />}
      {plan === undefined && error === null && missing === null && <p>{t("planning")}</p>}
    </section>
  );
}

function PlanWords({ plan }: { plan: PlannedRun }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const { cases, repeats, costMicros, judgeCostMicros } = plan;
  const cost = costMicros === null ? null : costMicros + (judgeCostMicros ?? 0);
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-semibold">
        {t("planSize", { count: cases, answers: format.integer(cases * repeats) })}
        {" · "}
        {cost === null ? t("costUnknown") : t("costAbout", { cost: format.cost(cost) })}
      </p>
      <p className="text-sm text-ink-soft">{t("knownCostNothing")}</p>
      {plan.measuresIncumbent && plan.incumbentVersion !== null && (
        <p>{t("measuresIncumbent", { version: plan.incumbentVersion })}</p>
      )}
      {plan.isEvidence ? (
        plan.power !== null && <PowerWords power={plan.power} />
      ) : (
        <p className="text-warn">{t("noEvidence")}</p>
      )}
    </div>
  );
}

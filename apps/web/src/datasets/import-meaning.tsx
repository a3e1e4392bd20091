import type { Dataset } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/format.ts";
import { GateHint } from "./gate-hint.tsx";
import { type ImportPlan, outcomeOf } from "./import-plan.ts";

interface ImportMeaningProps {
  plan: ImportPlan;
  dataset: Dataset;
  /** Good rows of the file. */
  cases: number;
}

/** What comes and what goes with an import into a dataset that holds cases already, and what has to be proven anew. */
export function ImportMeaning({ plan, dataset, cases }: ImportMeaningProps) {
  const { t } = useTranslation("datasets");
  const format = useFormat();
  const outcome = outcomeOf(plan, dataset, cases);
  if (outcome === null) return null;
  const { from, version, before, total } = outcome;
  const shown = { from, version, total: format.integer(total), before: format.integer(before) };
  return (
    <section aria-label={t("importMeaning")} className="flex flex-col gap-2">
      {plan.mode === "append" ? (
        <p>{t("importAdds", { ...shown, count: total, cases: format.integer(cases) })}</p>
      ) : (
        <div className="rounded-lg bg-warn-soft px-4 py-3 text-warn">
          <p className="font-semibold">{t("importHolds", { ...shown, count: total })}</p>
          <p>{t("importDrops", { ...shown, count: before })}</p>
        </div>
      )}
      <p>{t("measureAgain", { ...shown })}</p>
      <GateHint dataset={dataset.slug} />
    </section>
  );
}

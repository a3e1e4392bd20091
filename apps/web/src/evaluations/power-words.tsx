import type { RunPower } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/format.ts";

/** What a run will be able to show, before it has. */
export function PowerWords({ power }: { power: RunPower }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const { detectableDifference, passChanceWhenEqual, casesNeeded } = power;
  if (detectableDifference === null && passChanceWhenEqual === null) {
    return <p className="text-ink-soft">{t("power.unknown")}</p>;
  }
  return (
    <ul className="list-disc pl-5 text-ink-soft">
      {detectableDifference !== null && (
        <li>{t("power.detectable", { difference: format.score(detectableDifference) })}</li>
      )}
      {passChanceWhenEqual !== null && (
        <li>{t("power.passChance", { percent: format.percent(passChanceWhenEqual, 0) })}</li>
      )}
      {casesNeeded !== null && <li>{t("power.casesNeeded", { cases: format.integer(casesNeeded) })}</li>}
    </ul>
  );
}

import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";

/** Whom a new version reaches: gates pin a version, so that publishing moves no bar by itself. */
export function GateHint({ dataset }: { dataset: string }) {
  const { t } = useTranslation("datasets");
  const { data } = useRead("getDatasetUsage", { dataset });
  if (data === undefined) return null;
  const gates = data.gates.map(({ prompt, label, datasetVersion }) =>
    t("gateOn", { prompt, label, version: datasetVersion }),
  );
  return (
    <div className="rounded-lg bg-info-soft px-3.5 py-2.5 text-sm text-info">
      <p>{t("suitesFollow", { count: data.suites.length })}</p>
      {gates.length > 0 && <p>{t("gatesStay", { count: gates.length, gates: gates.join("; ") })}</p>}
    </div>
  );
}

import type { Interval } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { standsOut } from "./stands-out.ts";

/** Says of a tag's difference that it is surely another than the whole's; of most tags nothing. */
export function StandsOutBadge({ part, whole }: { part: Interval | undefined; whole: Interval | undefined }) {
  const { t } = useTranslation("evaluations");
  const where = standsOut(part, whole);
  if (where === null) return null;
  return <Badge tone={where === "above" ? "good" : "warn"}>{t(`standsOut.${where}`)}</Badge>;
}

import { useTranslation } from "react-i18next";

/** "3 changed, 1 added" */
export function useCountText(): (counts: { added: number; changed: number; removed: number }) => string {
  const { t } = useTranslation("datasets");
  return (counts) =>
    (["changed", "added", "removed"] as const)
      .filter((mark) => counts[mark] > 0)
      .map((mark) => t(`counts.${mark}`, { count: counts[mark] }))
      .join(", ");
}

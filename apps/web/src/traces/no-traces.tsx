import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTenant } from "../api/use-tenant.ts";
import { Button, buttonClass } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { isFiltered, type TraceSearch } from "./trace-search.ts";

/** Nothing matches, or nothing was ever asked: then how that begins. */
export function NoTraces({ search, onSettings }: { search: TraceSearch; onSettings: () => void }) {
  const { t } = useTranslation("traces");
  const { slug } = useTenant();
  if (isFiltered(search)) {
    return (
      <EmptyState
        title={t("nothingMatches")}
        action={
          <Link to={`/t/${slug}/traces` as "/"} className={buttonClass()}>
            {t("clearFilters")}
          </Link>
        }
      >
        {t("nothingMatchesText")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t("empty")}
      action={
        <>
          <Link to={`/t/${slug}/playground` as "/"} className={buttonClass("primary")}>
            {t("tryPlayground")}
          </Link>
          <Button onClick={onSettings}>{t("settings.title")}</Button>
        </>
      }
    >
      <p>{t("emptyText")}</p>
      <p className="mt-2">{t("emptySampling")}</p>
    </EmptyState>
  );
}

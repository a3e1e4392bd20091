import { createLazyRoute, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField } from "../components/field.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { LimitsCard } from "./limits-card.tsx";
import { UsageByDay } from "./usage-by-day.tsx";
import { USAGE_DAYS, USAGE_DIMENSIONS, USAGE_MEASURES, type UsageSearch } from "./usage-search.ts";
import { UsageTotals } from "./usage-totals.tsx";

export const route = createLazyRoute("/person/t/$tenant/usage")({ component: UsagePage });

function UsagePage() {
  const { t } = useTranslation("usage");
  const navigate = useNavigate();
  const search = route.useSearch();
  const { by = "prompt", of = "requests", days = 30 } = search;
  const set = (change: UsageSearch) =>
    void navigate({ to: ".", search: { ...search, ...change }, replace: true });
  const usage = useRead("getUsageDays", { by, days });
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <div className="flex flex-wrap gap-3">
        <SelectField
          label={t("of")}
          value={of}
          options={USAGE_MEASURES.map((value) => ({ value, text: t(`measures.${value}`) }))}
          onChange={(event) => set({ of: event.target.value as (typeof USAGE_MEASURES)[number] })}
        />
        <SelectField
          label={t("by")}
          value={by}
          options={USAGE_DIMENSIONS.map((value) => ({ value, text: t(`dimensions.${value}`) }))}
          onChange={(event) => set({ by: event.target.value as (typeof USAGE_DIMENSIONS)[number] })}
        />
        <SelectField
          label={t("period")}
          value={days}
          options={USAGE_DAYS.map((value) => ({ value: String(value), text: t("days", { count: value }) }))}
          onChange={(event) => set({ days: Number(event.target.value) as (typeof USAGE_DAYS)[number] })}
        />
      </div>
      <Loaded from={usage}>
        {(read) =>
          read.rows.length === 0 ? (
            <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
          ) : (
            <UsageByDay days={read.days} rows={read.rows} measure={of} by={by} />
          )
        }
      </Loaded>
      <UsageTotals days={days} />
      <LimitsCard />
    </Page>
  );
}

import type { PromptTraffic } from "@assay/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { Card } from "../components/card.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField } from "../components/field.tsx";
import { Loaded } from "../components/loaded.tsx";
import { useFormat } from "../i18n/format.ts";
import { onlySaid } from "../shell/search-value.ts";
import { DayBars } from "./day-bars.tsx";
import { TRAFFIC_DAYS } from "./prompt-search.ts";
import { TrafficTable } from "./traffic-table.tsx";

/** Who uses the prompt: what a change would reach. */
export function UseTab({ prompt, days }: { prompt: string; days: number }) {
  const { t } = useTranslation("prompts");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const traffic = useRead("getPromptTraffic", { prompt, days }, { everyMs: 30_000 });
  const choose = (value: string) =>
    void navigate({
      to: "/t/$tenant/prompts/$prompt",
      params: { tenant, prompt },
      search: {
        tab: "use",
        ...onlySaid({ days: TRAFFIC_DAYS.find((each) => String(each) === value) }),
      },
      replace: true,
    });
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        label={t("use.period")}
        className="max-w-56"
        value={String(days)}
        onChange={(event) => choose(event.target.value)}
        options={TRAFFIC_DAYS.map((count) => ({ value: String(count), text: t("use.days", { count }) }))}
      />
      <Loaded from={traffic}>{(data) => <Traffic prompt={prompt} traffic={data} />}</Loaded>
    </div>
  );
}

function Traffic({ prompt, traffic }: { prompt: string; traffic: PromptTraffic }) {
  const { t } = useTranslation("prompts");
  const format = useFormat();
  const requests = traffic.perDay.reduce((sum, day) => sum + day.requests, 0);
  if (traffic.rows.length === 0) {
    return (
      <EmptyState title={t("use.none")}>
        <p>{t("use.noneText")}</p>
        <code className="mt-2 inline-block rounded bg-raised px-2 py-1 text-sm [overflow-wrap:anywhere]">
          {`model: "prompt:${prompt}@production"`}
        </code>
      </EmptyState>
    );
  }
  return (
    <>
      <Card title={t("use.requests", { count: requests, shown: format.integer(requests) })}>
        <DayBars days={traffic.perDay} />
      </Card>
      <TrafficTable rows={traffic.rows} />
      {traffic.hasMore && <p className="text-sm text-ink-soft">{t("use.hasMore")}</p>}
    </>
  );
}

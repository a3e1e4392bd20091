import { createLazyRoute } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList, useRead } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { ActiveRuns } from "./active-runs.tsx";
import { AttentionCard } from "./attention-card.tsx";
import { AttentionLine } from "./attention-line.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { PromptTable } from "./prompt-table.tsx";
import { UnlabelledPrompts } from "./unlabelled-prompts.tsx";

export const route = createLazyRoute("/person/t/$tenant/")({ component: HomePage });

/** While something runs its progress is looked at often. */
const BUSY_MS = 2_500;
const CALM_MS = 15_000;
const TRAFFIC_MS = 60_000;

/** What is in production, whether it is proven, and what somebody should look at. */
function HomePage() {
  const { t } = useTranslation("home");
  const tenant = useTenant();
  const [isBusy, setBusy] = useState(false);
  const everyMs = isBusy ? BUSY_MS : CALM_MS;
  const overview = useRead("getOverview", {}, { everyMs });
  const prompts = useList("listPromptOverviews", { limit: 25, labelled: "true" }, { everyMs });
  const isRunning = (overview.data?.activeRuns.length ?? 0) > 0;
  if (isRunning !== isBusy) setBusy(isRunning);
  const traffic = useRead("getTraffic", {}, { everyMs: TRAFFIC_MS });
  return (
    <Page title={tenant.name} subtitle={t("subtitle")}>
      {overview.data?.has.prompts === true && <AttentionLine count={overview.data.attention.length} />}
      <Loaded from={prompts}>
        {(rows) => rows.length > 0 && <PromptTable rows={rows} traffic={traffic.data} />}
      </Loaded>
      <MoreButton of={prompts} />
      <Loaded from={overview}>
        {(data) => (
          <>
            <AttentionCard items={data.attention} isPart={data.isPart} />
            <ActiveRuns runs={data.activeRuns} />
            <FirstSteps has={data.has} />
          </>
        )}
      </Loaded>
      <UnlabelledPrompts />
    </Page>
  );
}

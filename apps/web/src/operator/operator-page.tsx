import { createLazyRoute, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../components/page.tsx";
import { Tabs } from "../components/tabs.tsx";
import { OPERATOR_TABS, type OperatorSearch } from "./operator-search.ts";
import { OperatorsTab } from "./operators-tab.tsx";
import { SharedModelsTab } from "./shared-models-tab.tsx";
import { TenantsTab } from "./tenants-tab.tsx";

export const route = createLazyRoute("/person/operator")({ component: OperatorPage });

function OperatorPage() {
  const { t } = useTranslation("operator");
  const navigate = useNavigate();
  const search = route.useSearch();
  const { tab = "tenants", days = "30" } = search;
  const set = (change: OperatorSearch) =>
    void navigate({ to: ".", search: { ...search, ...change }, replace: true });
  const contents = {
    tenants: () => <TenantsTab days={days} onDays={(chosen) => set({ days: chosen })} />,
    models: () => <SharedModelsTab />,
    people: () => <OperatorsTab />,
  };
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <Tabs
        label={t("title")}
        open={tab}
        onOpen={(name) => set({ tab: name })}
        tabs={OPERATOR_TABS.map((name) => ({ name, title: t(`tabs.${name}`), content: contents[name] }))}
      />
    </Page>
  );
}

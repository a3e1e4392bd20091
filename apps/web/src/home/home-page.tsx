import { createLazyRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { useTenant } from "../shell/use-tenant.ts";

export const route = createLazyRoute("/person/t/$tenant/")({ component: HomePage });

function HomePage() {
  const { t } = useTranslation("home");
  const format = useFormat();
  const tenant = useTenant();
  const prompts = useList("listPrompts", {});
  return (
    <Page title={tenant.name} subtitle={t("subtitle")}>
      <Loaded from={prompts}>
        {(rows) => (
          <Table
            caption={t("prompts")}
            rows={rows}
            rowKey={({ slug }) => slug}
            columns={[
              { key: "prompt", title: t("prompt"), cell: ({ slug }) => slug },
              { key: "created", title: t("created"), cell: ({ createdAt }) => format.ago(createdAt) },
            ]}
          />
        )}
      </Loaded>
      <MoreButton of={prompts} />
    </Page>
  );
}

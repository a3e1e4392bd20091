import { createLazyRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { onlySaid } from "../shell/search-value.ts";
import { AuditFileButton } from "./audit-file-button.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditList } from "./audit-list.tsx";
import { auditQuery } from "./audit-search.ts";

export const route = createLazyRoute("/person/t/$tenant/settings/audit")({ component: AuditPage });

function AuditPage() {
  const { t } = useTranslation("settings");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = auditQuery(search);
  const entries = useList("listAudit", query);
  return (
    <Page title={t("audit.title")} subtitle={t("audit.subtitle")} actions={<AuditFileButton of={query} />}>
      <AuditFilters
        search={search}
        onChange={(next) => void navigate({ search: onlySaid(next), replace: true })}
      />
      <Loaded from={entries}>{(rows) => <AuditList entries={rows} />}</Loaded>
      <MoreButton of={entries} />
    </Page>
  );
}

import type { AuditEntry } from "@assay/core";
import { createLazyRoute, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField, TextField } from "../components/field.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { AuditFileButton } from "./audit-file-button.tsx";
import type { AuditSearch } from "./settings-routes.ts";
import { useActors } from "./use-actors.ts";

export const route = createLazyRoute("/person/t/$tenant/settings/audit")({ component: AuditPage });

function AuditPage() {
  const { t } = useTranslation("settings");
  const search = route.useSearch();
  const navigate = useNavigate();
  const entries = useList("listAudit", search);
  const { known } = useActors();
  const filter = (change: AuditSearch) =>
    void navigate({ to: ".", search: { ...search, ...change }, replace: true });
  return (
    <Page title={t("audit.title")} subtitle={t("audit.subtitle")} actions={<AuditFileButton of={search} />}>
      <div className="flex flex-wrap gap-3">
        <SelectField
          label={t("audit.actor")}
          value={search.actor ?? ""}
          options={[
            { value: "", text: t("audit.everybody") },
            ...known.map(({ actor, name }) => ({ value: actor, text: name })),
          ]}
          onChange={(event) => filter({ actor: event.target.value })}
        />
        <TextField
          label={t("audit.action")}
          hint={t("audit.actionHint")}
          value={search.action ?? ""}
          onChange={(event) => filter({ action: event.target.value })}
        />
      </div>
      <Loaded from={entries}>{(rows) => <AuditTable rows={rows} />}</Loaded>
      <MoreButton of={entries} />
    </Page>
  );
}

function AuditTable({ rows }: { rows: readonly AuditEntry[] }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  if (rows.length === 0) return <EmptyState title={t("audit.empty")}>{t("audit.emptyText")}</EmptyState>;
  return (
    <Table
      caption={t("audit.title")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "when",
          title: t("audit.when"),
          cell: ({ createdAt }) => <time dateTime={createdAt}>{format.dateTime(createdAt)}</time>,
        },
        {
          key: "actor",
          title: t("audit.actor"),
          cell: ({ actor, actorName }) => <bdi title={actor}>{actorName ?? actor}</bdi>,
        },
        {
          key: "action",
          title: t("audit.action"),
          cell: ({ action }) => <code className="text-sm">{action}</code>,
        },
        {
          key: "object",
          title: t("audit.object"),
          cell: ({ object }) => <code className="text-sm break-all">{object}</code>,
        },
        {
          key: "details",
          title: t("audit.details"),
          cell: ({ details }) => (
            <code className="text-xs break-all text-ink-soft">
              {Object.keys(details).length === 0 ? "" : JSON.stringify(details)}
            </code>
          ),
        },
        {
          key: "request",
          title: t("audit.request"),
          cell: ({ requestId }) =>
            requestId !== null && (
              <code className="text-xs text-ink-soft" title={requestId}>
                {requestId.slice(0, 8)}…
              </code>
            ),
        },
      ]}
    />
  );
}

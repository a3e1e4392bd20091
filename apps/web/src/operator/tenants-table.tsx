import type { TenantUsage } from "@assay/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { type Column, Table } from "../components/table.tsx";
import { type Format, useFormat } from "../i18n/format.ts";
import { TenantMenu } from "./tenant-menu.tsx";

export function TenantsTable({ rows }: { rows: readonly TenantUsage[] }) {
  const { t } = useTranslation("operator");
  const format = useFormat();
  const number = (key: string, of: (row: TenantUsage) => ReactNode): Column<TenantUsage> => ({
    key,
    title: t(`columns.${key}`),
    isNumber: true,
    className: "whitespace-nowrap",
    cell: of,
  });
  return (
    <Table
      caption={t("tabs.tenants")}
      rows={rows}
      rowKey={({ tenant }) => tenant.id}
      columns={[
        { key: "tenant", title: t("columns.tenant"), cell: (row) => <TenantCell of={row} format={format} /> },
        { key: "limits", title: t("columns.limits"), cell: (row) => <LimitsCell of={row} format={format} /> },
        number("members", ({ members, keys }) => `${format.integer(members)} / ${format.integer(keys)}`),
        number("requests", ({ served }) => (
          <Two
            first={format.integer(served.requests)}
            second={t("failedOf", { amount: format.integer(served.failedRequests) })}
          />
        )),
        number("tokens", ({ served }) => format.integer(served.promptTokens + served.completionTokens)),
        number("cost", ({ served, playground, evaluations }) => (
          <>
            <Two
              first={format.cost(served.costMicros)}
              second={t("playgroundCost", { cost: format.cost(playground.costMicros) })}
            />
            <Second>{t("evaluationCost", { cost: format.cost(evaluations.costMicros) })}</Second>
          </>
        )),
        number("runs", ({ evaluations }) => (
          <Two
            first={format.integer(evaluations.runs)}
            second={t("requestsOf", { amount: format.integer(evaluations.requests) })}
          />
        )),
        number("files", ({ fileBytes }) => format.bytes(fileBytes)),
      ]}
    />
  );
}

/** A figure, and another one that belongs to it. */
function Two({ first, second }: { first: string; second: string }) {
  return (
    <>
      {first}
      <Second>{second}</Second>
    </>
  );
}

function Second({ children }: { children: string }) {
  return <span className="block text-sm text-ink-soft">{children}</span>;
}

function TenantCell({ of, format }: { of: TenantUsage; format: Format }) {
  const { t } = useTranslation("operator");
  const { tenant } = of;
  return (
    <div className="flex min-w-40 items-start justify-between gap-2">
      <div className="min-w-0">
        <Bdi className="block font-medium [overflow-wrap:anywhere]">{tenant.name}</Bdi>
        <code className="block text-sm text-ink-soft [overflow-wrap:anywhere]">{tenant.slug}</code>
        <span className="text-sm text-ink-soft">{t("since", { date: format.date(tenant.createdAt) })}</span>
      </div>
      <TenantMenu of={of} />
    </div>
  );
}

function LimitsCell({ of: { limits }, format }: { of: TenantUsage; format: Format }) {
  const { t } = useTranslation("operator");
  if (limits === null) return <span className="text-ink-soft">{t("noLimits")}</span>;
  return (
    <span className="block min-w-28 text-sm">
      {t("perMinute", { amount: format.integer(limits.requestsPerMinute) })}
      <br />
      {t("atOnce", { amount: format.integer(limits.concurrentRequests) })}
    </span>
  );
}

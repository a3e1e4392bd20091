import type { TrafficRow } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { ActorName } from "./actor-name.tsx";

export function TrafficTable({ rows }: { rows: readonly TrafficRow[] }) {
  const { t } = useTranslation("prompts");
  const format = useFormat();
  return (
    <Table
      caption={t("use.callers")}
      rows={rows}
      rowKey={({ caller, version, label }) => `${caller?.actor} ${version} ${label}`}
      columns={[
        {
          key: "caller",
          title: t("use.caller"),
          cell: ({ caller }) => (caller === null ? t("use.person") : <ActorName of={caller} />),
        },
        {
          key: "address",
          title: t("use.address"),
          cell: ({ label }) => (label === null ? t("use.byNumber") : <Bdi>{label}</Bdi>),
        },
        {
          key: "version",
          title: t("use.version"),
          isNumber: true,
          cell: ({ version }) => (version === null ? "–" : version),
        },
        {
          key: "requests",
          title: t("use.requestsTitle"),
          isNumber: true,
          cell: ({ requests }) => format.integer(requests),
        },
        {
          key: "failed",
          title: t("use.failed"),
          isNumber: true,
          cell: ({ failedRequests }) => format.integer(failedRequests),
        },
        {
          key: "tokens",
          title: t("use.tokens"),
          isNumber: true,
          cell: ({ tokens }) => format.integer(tokens),
        },
        {
          key: "cost",
          title: t("use.cost"),
          isNumber: true,
          cell: ({ costMicros }) => format.cost(costMicros),
        },
        {
          key: "last",
          title: t("use.lastUsed"),
          cell: ({ lastUsedAt }) => (
            <time dateTime={lastUsedAt} title={format.dateTime(lastUsedAt)}>
              {format.ago(lastUsedAt)}
            </time>
          ),
        },
      ]}
    />
  );
}

import type { UsageRow } from "@assay/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Table } from "../components/table.tsx";
import { useActorNames } from "../components/use-actor-names.ts";
import { useFormat } from "../i18n/format.ts";

const DAY_MS = 86_400_000;

/** Requests served and answers that evaluations asked for, summed over the period. */
export function UsageTotals({ days }: { days: number }) {
  const { t } = useTranslation("usage");
  // Whole days, so that the question stays the same while the page is open.
  const since = useMemo(
    () => new Date(Math.floor(Date.now() / DAY_MS - days + 1) * DAY_MS).toISOString(),
    [days],
  );
  const usage = useRead("getUsage", { since });
  return (
    <Card title={t("totals")}>
      <Loaded from={usage}>
        {({ rows }) =>
          rows.length === 0 ? <p className="text-ink-soft">{t("empty")}</p> : <TotalsTable rows={rows} />
        }
      </Loaded>
    </Card>
  );
}

function TotalsTable({ rows }: { rows: readonly UsageRow[] }) {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const nameOf = useActorNames(rows.map(({ keyId }) => keyId && `key:${keyId}`));
  return (
    <Table
      caption={t("totals")}
      rows={rows.toSorted((a, b) => b.requests - a.requests)}
      rowKey={(row) => [row.kind, row.keyId, row.prompt, row.promptVersion, row.model].join(" ")}
      columns={[
        {
          key: "kind",
          title: t("kind"),
          cell: ({ kind }) => (
            <Badge tone={kind === "served" ? "info" : "neutral"}>{t(`kinds.${kind}`)}</Badge>
          ),
        },
        {
          key: "prompt",
          title: t("dimensions.prompt"),
          cell: ({ prompt, promptVersion }) => (prompt === null ? "–" : `${prompt}@${promptVersion}`),
        },
        { key: "model", title: t("dimensions.model"), cell: ({ model }) => <Bdi>{model}</Bdi> },
        {
          key: "key",
          title: t("dimensions.key"),
          cell: ({ keyId }) => <Bdi>{keyId === null ? "–" : nameOf(`key:${keyId}`)}</Bdi>,
        },
        {
          key: "requests",
          title: t("measures.requests"),
          isNumber: true,
          cell: ({ requests }) => format.integer(requests),
        },
        {
          key: "failed",
          title: t("failed"),
          isNumber: true,
          cell: ({ failedRequests }) => format.integer(failedRequests),
        },
        {
          key: "tokens",
          title: t("tokensInOut"),
          isNumber: true,
          cell: (row) => `${format.integer(row.promptTokens)} / ${format.integer(row.completionTokens)}`,
        },
        {
          key: "cost",
          title: t("measures.costMicros"),
          isNumber: true,
          cell: ({ costMicros }) => format.cost(costMicros),
        },
      ]}
    />
  );
}

import type { AnnotationQueue } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { NewQueueDialog } from "./new-queue-dialog.tsx";

export const route = createLazyRoute("/person/t/$tenant/annotation")({ component: QueuesPage });

function QueuesPage() {
  const { t } = useTranslation("annotation");
  const { prompt, metric } = route.useSearch();
  const wanted = prompt !== undefined && metric !== undefined ? { prompt, metric } : undefined;
  const [isMaking, setMaking] = useState(wanted !== undefined);
  const mayEdit = useMay("edit");
  const queues = useList("listAnnotationQueues", {});
  const make = mayEdit && (
    <Button look="primary" icon={<Plus className="size-4" aria-hidden />} onClick={() => setMaking(true)}>
      {t("newQueue")}
    </Button>
  );
  return (
    <Page title={t("title")} subtitle={t("subtitle")} actions={make}>
      <Loaded from={queues}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("empty")} action={make}>
              <p>{t("emptyText")}</p>
              <ol className="mt-2 list-decimal pl-5 text-left">
                {["run", "queue", "labels", "judge"].map((step) => (
                  <li key={step}>{t(`steps.${step}`)}</li>
                ))}
              </ol>
            </EmptyState>
          ) : (
            <QueuesTable rows={rows} />
          )
        }
      </Loaded>
      <MoreButton of={queues} />
      {isMaking && <NewQueueDialog wanted={wanted} onClose={() => setMaking(false)} />}
    </Page>
  );
}

function QueuesTable({ rows }: { rows: readonly AnnotationQueue[] }) {
  const { t } = useTranslation("annotation");
  const format = useFormat();
  return (
    <Table
      caption={t("title")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "queue",
          title: t("queue"),
          cell: ({ slug }) => <PlaceLink path={`/annotation/${slug}`}>{slug}</PlaceLink>,
        },
        {
          key: "prompt",
          title: t("prompt"),
          cell: ({ prompt }) => <PlaceLink path={`/prompts/${prompt}`}>{prompt}</PlaceLink>,
        },
        {
          key: "metric",
          title: t("checks"),
          cell: ({ metric }) =>
            metric === null ? <span className="text-ink-soft">{t("checksNone")}</span> : <Bdi>{metric}</Bdi>,
        },
        { key: "items", title: t("outputs"), isNumber: true, cell: ({ items }) => format.integer(items) },
        {
          key: "labels",
          title: t("labelsPerOutput"),
          isNumber: true,
          cell: ({ labelsPerItem }) => format.integer(labelsPerItem),
        },
        { key: "made", title: t("made"), cell: ({ createdAt }) => format.ago(createdAt) },
        {
          key: "work",
          title: <span className="sr-only">{t("work")}</span>,
          isBare: true,
          cell: ({ slug, items }) =>
            items > 0 && <PlaceLink path={`/annotation/${slug}/work`}>{t("work")}</PlaceLink>,
        },
      ]}
    />
  );
}

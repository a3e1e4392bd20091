import type { Trace } from "@assay/core";
import { FileText, MessageSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { type Column, Table } from "../components/table.tsx";
import { type Format, useFormat } from "../i18n/format.ts";
import { TraceStatusBadge } from "./trace-status-badge.tsx";

interface TracesTableProps {
  rows: readonly Trace[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onOpen: (traceId: string) => void;
}

type Words = ReturnType<typeof useTranslation>["t"];

export function TracesTable({ rows, chosen, onChoose, onOpen }: TracesTableProps) {
  const { t } = useTranslation("traces");
  const format = useFormat();
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <Table
      caption={t("title")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "choose",
          title: <span className="sr-only">{t("choose")}</span>,
          isBare: true,
          cell: (trace) => (
            <input
              type="checkbox"
              className="mt-1 size-4 accent-accent"
              aria-label={t("chooseTrace", { when: format.dateTime(trace.createdAt) })}
              title={trace.hasContent ? undefined : t("textsNotKept")}
              disabled={!trace.hasContent}
              checked={chosen.has(trace.id)}
              onChange={() => toggle(trace.id)}
            />
          ),
        },
        {
          key: "when",
          title: t("when"),
          cell: ({ id, createdAt }) => (
            <button
              type="button"
              className="text-left whitespace-nowrap text-accent underline-offset-2 hover:underline"
              onClick={() => onOpen(id)}
            >
              <time dateTime={createdAt}>{format.ago(createdAt)}</time>
            </button>
          ),
        },
        ...factColumns(t, format),
      ]}
    />
  );
}

function factColumns(t: Words, format: Format): Column<Trace>[] {
  return [
    { key: "asked", title: t("asked"), className: "min-w-40", cell: (trace) => <Asked trace={trace} /> },
    { key: "status", title: t("status"), cell: (trace) => <TraceStatusBadge trace={trace} /> },
    {
      key: "tokens",
      title: t("tokens"),
      isNumber: true,
      cell: ({ promptTokens, completionTokens }) =>
        promptTokens === null || completionTokens === null
          ? "–"
          : `${format.integer(promptTokens)} + ${format.integer(completionTokens)}`,
    },
    { key: "cost", title: t("cost"), isNumber: true, cell: ({ costMicros }) => format.cost(costMicros) },
    {
      key: "latency",
      title: t("latency"),
      isNumber: true,
      cell: ({ latencyMs }) => format.duration(latencyMs),
    },
    { key: "feedback", title: t("feedback"), cell: (trace) => <Opinions trace={trace} /> },
  ];
}

/** The prompt with its version and label, or the model that was asked by itself. */
function Asked({ trace: { prompt, promptVersion, label, model, source } }: { trace: Trace }) {
  const { t } = useTranslation("traces");
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Bdi className="font-medium break-all">{prompt ?? model}</Bdi>
      {prompt !== null && (
        <span className="text-ink-soft">
          {promptVersion === null ? t("unsaved") : t("version", { version: promptVersion })}
        </span>
      )}
      {label !== null && (
        <Badge>
          <Bdi>{label}</Bdi>
        </Badge>
      )}
      {source === "playground" && <Badge tone="info">{t("sources.playground")}</Badge>}
    </span>
  );
}

function Opinions({ trace: { hasContent, feedback } }: { trace: Trace }) {
  const { t } = useTranslation("traces");
  const format = useFormat();
  return (
    <span className="flex items-center gap-2 text-ink-soft">
      {hasContent && (
        <span title={t("textsKept")}>
          <FileText className="size-4" aria-hidden />
          <span className="sr-only">{t("textsKept")}</span>
        </span>
      )}
      {feedback.count > 0 && (
        <span className="inline-flex items-center gap-1 whitespace-nowrap">
          <MessageSquare className="size-4" aria-hidden />
          {t("opinions", { count: feedback.count })}
          {feedback.meanScore !== null && ` · ${format.percent(feedback.meanScore, 0)}`}
        </span>
      )}
    </span>
  );
}

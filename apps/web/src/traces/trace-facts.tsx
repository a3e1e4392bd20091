import type { TraceDetail } from "@assay/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTenant } from "../api/use-tenant.ts";
import { Bdi } from "../components/bdi.tsx";
import { useActorNames } from "../components/use-actor-names.ts";
import { useFormat } from "../i18n/format.ts";
import { TraceStatusBadge } from "./trace-status-badge.tsx";

/** Everything about a request that is a number or a name. */
export function TraceFacts({ trace }: { trace: TraceDetail }) {
  const { t } = useTranslation("traces");
  const format = useFormat();
  const actor = trace.keyId === null ? null : `key:${trace.keyId}`;
  const nameOf = useActorNames([actor]);
  const { slug } = useTenant();
  const { prompt, promptVersion, keyId, adapterSha256 } = trace;
  const facts: [name: string, value: ReactNode][] = [
    ["status", <TraceStatusBadge key="status" trace={trace} />],
    [
      "when",
      <time key="when" dateTime={trace.createdAt}>
        {format.dateTime(trace.createdAt)}
      </time>,
    ],
    [
      "prompt",
      prompt === null ? (
        "–"
      ) : (
        <Link key="prompt" to={`/t/${slug}/prompts/${prompt}` as "/"} className="text-accent underline">
          <Bdi>{prompt}</Bdi>
        </Link>
      ),
    ],
    ["versionNumber", promptVersion === null ? "–" : t("version", { version: promptVersion })],
    ["label", <Bdi key="label">{trace.label ?? "–"}</Bdi>],
    ["source", t(`sources.${trace.source}`)],
    ["model", <Bdi key="model">{trace.model}</Bdi>],
    ["adapter", adapterSha256 === null ? "–" : <code key="adapter">{adapterSha256.slice(0, 12)}</code>],
    ["promptTokens", numberOf(trace.promptTokens, format.integer)],
    ["completionTokens", numberOf(trace.completionTokens, format.integer)],
    ["cost", format.cost(trace.costMicros)],
    ["latency", format.duration(trace.latencyMs)],
    ["askedBy", keyId === null ? "–" : <Bdi key="key">{nameOf(actor)}</Bdi>],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-sm text-ink-soft">{t(name)}</dt>
          <dd className="[overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function numberOf(value: number | null, write: (value: number) => string): string {
  return value === null ? "–" : write(value);
}

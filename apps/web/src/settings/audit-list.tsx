import type { AuditEntry } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { useFormat } from "../i18n/format.ts";
import { showHidden } from "../i18n/show-hidden.ts";
import { placeOf, sentenceOf } from "./audit-sentence.ts";
import { foldEntries } from "./fold-entries.ts";
import { whoOf } from "./who-of.ts";

const ROW_CLASS = "flex flex-col gap-1 px-4 py-2.5 sm:flex-row sm:gap-4";

/** What was done, a sentence an entry; what the machine kept of it is folded away. */
export function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  const { t } = useTranslation("settings");
  if (entries.length === 0) return <EmptyState title={t("audit.empty")}>{t("audit.emptyText")}</EmptyState>;
  return (
    <ol
      aria-label={t("audit.title")}
      className="divide-y divide-line rounded-xl border border-line bg-surface"
    >
      {foldEntries(entries).map((group) => {
        const [entry] = group;
        if (entry === undefined) return null;
        return group.length === 1 ? (
          <Entry key={entry.id} entry={entry} />
        ) : (
          // By the oldest, which stays the same when somebody labels on.
          <Labels key={group.at(-1)?.id} entry={entry} group={group} />
        );
      })}
    </ol>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  return (
    <li className={ROW_CLASS}>
      <When entry={entry} />
      <div className="min-w-0 flex-1">
        <Said entry={entry} />
        <Kept entry={entry} />
      </div>
    </li>
  );
}

/** Many labels as one line that opens. */
function Labels({ entry, group }: { entry: AuditEntry; group: readonly AuditEntry[] }) {
  const { t } = useTranslation("settings");
  const queue = String(entry.details.queue ?? "");
  return (
    <li className={ROW_CLASS}>
      <When entry={entry} />
      <div className="min-w-0 flex-1">
        <p className="[overflow-wrap:anywhere]">
          <Bdi className="font-semibold">{t("audit.whoFirst", { who: showHidden(whoOf(entry, t)) })}</Bdi>{" "}
          <Bdi>
            {t("audit.labels.said", { count: group.length, replace: { queue, count: group.length } })}
          </Bdi>{" "}
          <PlaceLink path={placeOf(entry) ?? "/annotation"}>
            {t("audit.open")}
            <span className="sr-only"> {queue}</span>
          </PlaceLink>
        </p>
        <details>
          <summary className="w-fit cursor-pointer text-sm text-ink-soft">
            {t("audit.labels.each", { count: group.length })}
          </summary>
          <ol className="mt-1 divide-y divide-line border-l-2 border-line pl-3">
            {group.map((each) => (
              <Entry key={each.id} entry={each} />
            ))}
          </ol>
        </details>
      </div>
    </li>
  );
}

function When({ entry: { createdAt } }: { entry: AuditEntry }) {
  const format = useFormat();
  return (
    <time dateTime={createdAt} className="tabular shrink-0 text-sm text-ink-soft sm:w-44">
      {format.dateTime(createdAt)}
    </time>
  );
}

function Said({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("settings");
  const { key, values } = sentenceOf(entry);
  const place = placeOf(entry);
  return (
    <p className="[overflow-wrap:anywhere]">
      <Bdi className="font-semibold">{t("audit.whoFirst", { who: showHidden(whoOf(entry, t)) })}</Bdi>{" "}
      <Bdi>{t(`audit.said.${key}`, { replace: values })}</Bdi>
      {place !== undefined && (
        <>
          {" "}
          <PlaceLink path={place}>
            {t("audit.open")}
            <span className="sr-only"> {entry.object}</span>
          </PlaceLink>
        </>
      )}
    </p>
  );
}

function Kept({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("settings");
  const { reason } = entry.details;
  const kept = JSON.stringify(
    {
      action: entry.action,
      object: entry.object,
      actor: entry.actor,
      request: entry.requestId,
      ...entry.details,
    },
    null,
    2,
  );
  return (
    <>
      {typeof reason === "string" && reason !== "" && (
        <p className="text-ink-soft [overflow-wrap:anywhere]">
          <Bdi>{t("audit.reason", { reason })}</Bdi>
        </p>
      )}
      <details className="text-sm">
        <summary className="w-fit cursor-pointer text-ink-soft">{t("audit.details")}</summary>
        <pre className="mt-1 overflow-x-auto rounded-lg bg-canvas p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
          <Bdi>{kept}</Bdi>
        </pre>
      </details>
    </>
  );
}

import type { ChangeRequestDetails } from "@assay/core";
import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { useActorNames } from "../components/use-actor-names.ts";
import { useFormat } from "../i18n/format.ts";
import { ChangeStatusBadge } from "./change-status-badge.tsx";

/** What is proposed, by whom, and what has been decided. */
export function ChangeFacts({ change }: { change: ChangeRequestDetails }) {
  const { t } = useTranslation("promotion");
  const format = useFormat();
  const { prompt, label, fromVersion, toVersion, status, proposedBy, writtenBy, decidedBy, decidedAt } =
    change;
  const nameOf = useActorNames([proposedBy, writtenBy, decidedBy]);
  return (
    <section aria-label={t("change.facts")} className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-center gap-2 text-lg">
        <ChangeStatusBadge status={status} />
        <PlaceLink path={`/prompts/${prompt}/promote`} search={{ label, version: toVersion }}>
          <Bdi>{t("changes.of", { prompt, label })}</Bdi>
        </PlaceLink>
        <span className="tabular">
          {fromVersion === null ? t("history.first") : t("versionShort", { version: fromVersion })} →{" "}
          <strong>{t("versionShort", { version: toVersion })}</strong>
        </span>
      </p>
      <p className="text-ink-soft">
        {t("change.by", { who: nameOf(proposedBy), when: format.dateTime(change.createdAt) })}
        {writtenBy !== null &&
          writtenBy !== proposedBy &&
          ` ${t("change.writtenBy", { who: nameOf(writtenBy) })}`}
      </p>
      {decidedBy !== null && (
        <p className="text-ink-soft">
          {t(`change.decided.${status}`, {
            who: nameOf(decidedBy),
            when: decidedAt === null ? "" : format.dateTime(decidedAt),
          })}
        </p>
      )}
      {change.reason !== null && <ForeignText text={change.reason} className="border-l-2 border-line pl-3" />}
      <Warnings change={change} />
    </section>
  );
}

function Warnings({ change }: { change: ChangeRequestDetails }) {
  const { t } = useTranslation("promotion");
  const isLive = change.status === "open" || change.status === "approved";
  const warnings = [
    ...(change.staleApproval === null ? [] : [t(`approval.stale.${change.staleApproval}`)]),
    ...(isLive && change.presentVersion !== change.fromVersion
      ? [t("change.labelMoved", { version: change.presentVersion ?? "–" })]
      : []),
  ];
  return warnings.map((text) => (
    <p key={text} className="flex items-start gap-2 rounded-lg bg-warn-soft px-3 py-2 text-warn">
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      {text}
    </p>
  ));
}

import type { TimelineVersion } from "@assay/core";
import { ChartColumn, GitCompare, Rocket } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button, buttonClass } from "../components/button.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { RollbackButton } from "../components/rollback-button.tsx";
import { useFormat } from "../i18n/format.ts";
import { ActorName } from "./actor-name.tsx";
import { EvidenceBadge } from "./evidence-badge.tsx";
import { RestoreButton } from "./restore-button.tsx";
import { PRODUCTION } from "./use-rollback-versions.ts";

interface TimelineEntryProps {
  prompt: string;
  version: TimelineVersion;
  /** What is in production now, where production can be rolled back to this version. */
  rollbackFrom: number | null;
  onCompare: (versions: { from: number; to: number }) => void;
}

export function TimelineEntry(props: TimelineEntryProps) {
  const { t } = useTranslation("prompts");
  const entry = props.version;
  const { version, note, labels, evidence } = entry;
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-xl border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="text-lg font-semibold">{t("version", { version })}</h3>
        {labels.map((label) => (
          <Badge key={label} tone="info">
            <Bdi className="truncate">{label}</Bdi>
          </Badge>
        ))}
        <EvidenceBadge evidence={evidence} />
      </div>
      {note !== null && note !== "" && (
        <p className="max-w-prose whitespace-pre-wrap [overflow-wrap:anywhere]">
          <Bdi>{note}</Bdi>
        </p>
      )}
      <Facts entry={entry} />
      <Actions {...props} />
    </li>
  );
}

function Actions({
  prompt,
  version: { version, labels, evidence },
  rollbackFrom,
  onCompare,
}: TimelineEntryProps) {
  const { t } = useTranslation("prompts");
  const isServed = labels.includes(PRODUCTION);
  return (
    <div className="flex flex-wrap gap-2">
      {version > 1 && (
        <Button
          isSmall
          icon={<GitCompare className="size-4" aria-hidden />}
          onClick={() => onCompare({ from: version - 1, to: version })}
        >
          {t("timeline.compare", { version: version - 1 })}
        </Button>
      )}
      <RestoreButton prompt={prompt} version={version} />
      {rollbackFrom !== null && (
        <RollbackButton prompt={prompt} label={PRODUCTION} version={version} present={rollbackFrom} />
      )}
      {evidence === null || evidence.state === "stale" ? (
        <PlaceLink
          path="/evaluations"
          search={{ start: "yes", prompt, version }}
          className={buttonClass("plain", true)}
        >
          <ChartColumn className="size-4" aria-hidden />
          {t("timeline.evaluate")}
        </PlaceLink>
      ) : isServed ? null : (
        <PlaceLink
          path={`/prompts/${prompt}/promote`}
          search={{ version }}
          className={buttonClass("plain", true)}
        >
          <Rocket className="size-4" aria-hidden />
          {t("timeline.promote")}
        </PlaceLink>
      )}
    </div>
  );
}

function Facts({
  entry: { version, createdBy, createdAt, changes, model, adapter },
}: {
  entry: TimelineVersion;
}) {
  const { t } = useTranslation("prompts");
  const format = useFormat();
  const members = changes.members.map((member) => t(`diff.members.${member}`, { defaultValue: member }));
  const { linesAdded, linesRemoved } = changes;
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-soft">
      <span className="inline-flex max-w-full gap-1">
        <ActorName of={createdBy} /> ·
        <time className="shrink-0" dateTime={createdAt} title={format.dateTime(createdAt)}>
          {format.ago(createdAt)}
        </time>
      </span>
      {version > 1 && <span>{t("timeline.lines", { added: linesAdded, removed: linesRemoved })}</span>}
      {version > 1 && members.length > 0 && (
        <span>{t("timeline.members", { members: members.join(", ") })}</span>
      )}
      <span className="[overflow-wrap:anywhere]">
        {model}
        {adapter !== null && ` + ${adapter}`}
      </span>
    </p>
  );
}

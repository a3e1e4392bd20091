import type { CallOutput } from "@assay/client";
import { CircleDashed, History, LockOpen, ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/format.ts";
import { Badge, type Tone } from "./badge.tsx";
import { Bdi } from "./bdi.tsx";

export type LabelView = CallOutput<"listLabels">["items"][number];
type StandingKind = LabelView["standing"]["kind"];

const LOOKS: Record<StandingKind, { tone: Tone; icon: typeof ShieldCheck }> = {
  proven: { tone: "good", icon: ShieldCheck },
  stale: { tone: "warn", icon: ShieldQuestion },
  unproven: { tone: "warn", icon: CircleDashed },
  overridden: { tone: "bad", icon: ShieldAlert },
  rolled_back: { tone: "info", icon: History },
  unprotected: { tone: "neutral", icon: LockOpen },
};

/** Where a label points and whether that is proven: "production v3 · Proven". */
export function LabelBadge({ label, isNameHidden = false }: { label: LabelView; isNameHidden?: boolean }) {
  const { t } = useTranslation("promotion");
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-1.5">
      {!isNameHidden && <Bdi className="truncate font-medium">{label.name}</Bdi>}
      <span className="tabular text-ink-soft">{t("versionShort", { version: label.version })}</span>
      <StandingBadge label={label} />
    </span>
  );
}

/** The standing alone, with since when and why on hover. */
export function StandingBadge({ label }: { label: LabelView }) {
  const { t } = useTranslation("promotion");
  const words = useStandingWords();
  const { tone, icon: Icon } = LOOKS[label.standing.kind];
  return (
    <Badge tone={tone} title={words(label)}>
      <Icon className="size-3.5 shrink-0" aria-hidden />
      {t(`standing.${label.standing.kind}`)}
    </Badge>
  );
}

/** A sentence about a label's standing: since when, what changed, until when an override holds. */
export function useStandingWords(): (label: LabelView) => string {
  const { t } = useTranslation("promotion");
  const format = useFormat();
  return ({ standing, movedAt }) => {
    const since = format.dateTime(movedAt);
    if (standing.kind === "overridden") {
      const until = format.dateTime(standing.expiresAt);
      return t("standingWords.overridden", { since, until, reason: standing.reason });
    }
    if (standing.kind !== "stale") return t(`standingWords.${standing.kind}`, { since });
    const changed = standing.changed.map((name) => t(`changed.${name}`)).join(", ");
    return t("standingWords.stale", { since, changed });
  };
}

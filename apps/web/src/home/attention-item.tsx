import type { Attention } from "@assay/core";
import {
  BellRing,
  CircleX,
  FileClock,
  KeyRound,
  type LucideIcon,
  Rocket,
  Scale,
  ShieldAlert,
  ShieldQuestion,
  ShieldX,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { useStandingWords } from "../components/label-badge.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { type Format, useFormat } from "../i18n/format.ts";

const ICONS: Record<Attention["kind"], { icon: LucideIcon; color: string }> = {
  change_request: { icon: BellRing, color: "text-info" },
  override: { icon: ShieldAlert, color: "text-bad" },
  refused: { icon: ShieldX, color: "text-bad" },
  waiting: { icon: Rocket, color: "text-info" },
  not_proven: { icon: ShieldQuestion, color: "text-warn" },
  suspended_judge: { icon: Scale, color: "text-warn" },
  failed_run: { icon: CircleX, color: "text-bad" },
  expiring_key: { icon: KeyRound, color: "text-warn" },
};

/** One thing to look at: what it is, why, and the way there. */
export function AttentionItem({ item }: { item: Attention }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const wordsOf = useStandingWords();
  const { icon: Icon, color } = ICONS[item.kind] ?? { icon: FileClock, color: "text-warn" };
  const { path, search } = placeOf(item);
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2.5 first:pt-0 last:pb-0">
      <Icon className={`mt-0.5 size-4.5 shrink-0 ${color}`} aria-hidden />
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium [overflow-wrap:anywhere]">
          <Bdi>{t(`attention.${keyOf(item)}`, valuesOf(item))}</Bdi>
        </p>
        <p className="text-sm text-ink-soft [overflow-wrap:anywhere]">
          <Bdi>
            {item.kind === "not_proven" || item.kind === "override"
              ? wordsOf(item.label)
              : t(`attention.${keyOf(item)}Text`, detailsOf(item, format))}
          </Bdi>
        </p>
      </div>
      <PlaceLink
        path={path}
        search={search}
        className="shrink-0 font-medium text-accent hover:underline max-sm:ml-7.5"
      >
        {t(`attention.go.${item.kind}`)}
      </PlaceLink>
    </li>
  );
}

function keyOf(item: Attention): string {
  if (item.kind === "change_request") return item.next;
  if (item.kind === "failed_run" && item.error === null) return "failed_run_silent";
  if (item.kind === "suspended_judge" && item.needed === null) return "suspended_judge_hopeless";
  if (item.kind === "refused" && !item.isMeasured) return "refused_unmeasured";
  if (item.kind === "waiting" && item.needsApproval) return "waiting_proposal";
  return item.kind;
}

function valuesOf(item: Attention): Record<string, string | number> {
  if (item.kind === "expiring_key") return { name: item.name };
  if (item.kind === "suspended_judge") return { prompt: item.prompt, label: item.label, metric: item.metric };
  if (item.kind === "failed_run") return { suite: item.suite, prompt: item.prompt, version: item.version };
  const label = typeof item.label === "string" ? item.label : item.label.name;
  const version =
    item.kind === "change_request" || item.kind === "waiting" ? item.version : item.label.version;
  return { prompt: item.prompt, label, version };
}

function detailsOf(item: Attention, format: Format): Record<string, string> {
  if (item.kind === "change_request") return { title: item.title, when: format.ago(item.createdAt) };
  if (item.kind === "suspended_judge") {
    return { labelled: format.integer(item.labelled), needed: format.integer(item.needed ?? 0) };
  }
  if (item.kind === "failed_run") return { error: item.error ?? "", when: format.ago(item.failedAt) };
  if (item.kind === "refused") return { since: format.dateTime(item.label.movedAt) };
  return item.kind === "expiring_key" ? { when: format.dateTime(item.expiresAt) } : {};
}

function placeOf(item: Attention): { path: string; search: Record<string, string | number> } {
  if (item.kind === "change_request") return { path: `/changes/${item.changeId}`, search: {} };
  if (item.kind === "suspended_judge") return { path: "/judges", search: {} };
  if (item.kind === "failed_run") return { path: `/evaluations/${item.runId}`, search: {} };
  if (item.kind === "expiring_key") return { path: "/settings/keys", search: {} };
  if (item.kind === "waiting") {
    const search = { label: item.label, version: item.version };
    return { path: `/prompts/${item.prompt}/promote`, search };
  }
  const search = { label: item.label.name, version: item.label.version };
  return { path: `/prompts/${item.prompt}/promote`, search };
}

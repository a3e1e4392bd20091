import type { Attention } from "@assay/core";
import { CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Card } from "../components/card.tsx";
import { AttentionItem } from "./attention-item.tsx";

/** What waits for somebody; an empty list is said as well, for it is good news. */
export function AttentionCard({ items, isPart }: { items: readonly Attention[]; isPart: boolean }) {
  const { t } = useTranslation("home");
  if (items.length === 0) {
    return (
      <p className="flex items-center gap-2 rounded-xl bg-good-soft px-4 py-2.5 text-good">
        <CircleCheck className="size-4.5 shrink-0" aria-hidden />
        {t("attention.nothing")}
      </p>
    );
  }
  return (
    <Card title={t("attention.title", { count: items.length })}>
      <ul className="flex flex-col divide-y divide-line">
        {items.map((item) => (
          <AttentionItem key={keyOf(item)} item={item} />
        ))}
      </ul>
      {isPart && <p className="mt-3 text-sm text-ink-soft">{t("attention.isPart")}</p>}
    </Card>
  );
}

function keyOf(item: Attention): string {
  if (item.kind === "change_request") return item.changeId;
  if (item.kind === "failed_run") return item.runId;
  if (item.kind === "expiring_key") return item.keyId;
  if (item.kind === "suspended_judge") return `judge ${item.prompt} ${item.label} ${item.metric}`;
  return `label ${item.prompt} ${item.label.name}`;
}

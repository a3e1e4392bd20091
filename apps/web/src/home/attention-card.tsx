import type { Attention } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Card } from "../components/card.tsx";
import { AttentionItem } from "./attention-item.tsx";
import { ATTENTION_ID } from "./attention-line.tsx";

/** What waits for somebody, and the way to each. */
export function AttentionCard({ items, isPart }: { items: readonly Attention[]; isPart: boolean }) {
  const { t } = useTranslation("home");
  if (items.length === 0) return null;
  return (
    <Card id={ATTENTION_ID} className="scroll-mt-16" title={t("attention.title", { count: items.length })}>
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
  if (item.kind === "waiting") return `waiting ${item.prompt} ${item.label}`;
  return `label ${item.prompt} ${item.label.name}`;
}

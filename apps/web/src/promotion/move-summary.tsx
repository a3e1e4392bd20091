import type { Promotion } from "@assay/core";
import { ArrowRight, Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { LabelBadge, useStandingWords } from "../components/label-badge.tsx";
import { useFormat } from "../i18n/format.ts";

/** Where the label is, where it would go, and who asks for it. */
export function MoveSummary({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation("promotion");
  const wordsOf = useStandingWords();
  const { present, version, label, isDone } = promotion;
  const isThere = present?.version === version;
  return (
    <section aria-label={t("summary.label")} className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg">
        {present === null ? (
          <>
            <Bdi className="font-medium">{label}</Bdi>
            <Badge>{t("summary.nowhere")}</Badge>
          </>
        ) : (
          <LabelBadge label={present} />
        )}
        {!isThere && (
          <>
            <ArrowRight className="size-5 text-ink-soft" aria-hidden />
            <span className="sr-only">{t("summary.to")}</span>
            <span className="tabular font-semibold">{t("versionLong", { version })}</span>
          </>
        )}
      </p>
      {present !== null && <p className="text-ink-soft [overflow-wrap:anywhere]">{wordsOf(present)}</p>}
      {isDone && <p className="text-good">{t("summary.isDone", { label, version })}</p>}
      <UseLine use={promotion.use} label={label} />
    </section>
  );
}

function UseLine({ use, label }: { use: Promotion["use"]; label: string }) {
  const { t } = useTranslation("promotion");
  const format = useFormat();
  const since = format.date(use.since);
  const text =
    use.requests === 0
      ? t("summary.unused", { label, since })
      : t("summary.used", {
          requests: t("summary.requests", { count: use.requests }),
          keys: t("summary.keys", { count: use.keys }),
          since,
          last: use.lastAt === null ? "" : format.ago(use.lastAt),
        });
  return (
    <p className="flex items-start gap-2 text-sm text-ink-soft">
      <Users className="mt-0.5 size-4 shrink-0" aria-hidden />
      {text}
    </p>
  );
}

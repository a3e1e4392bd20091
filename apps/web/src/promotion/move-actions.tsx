import type { Promotion } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { OverrideButton } from "./override-button.tsx";
import { PromoteButton } from "./promote-button.tsx";
import { ProposeButton } from "./propose-button.tsx";
import { wayOf } from "./way-of.ts";

/** What this person can do about the move now, and why not more. */
export function MoveActions({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation("promotion");
  const may = { promote: useMay("promote"), edit: useMay("edit"), override: useMay("override") };
  if (promotion.isDone) return null;
  const way = wayOf(promotion, may);
  return (
    <div className="z-20 flex flex-wrap items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-float md:sticky md:top-0">
      {way.canPromote !== null && <PromoteButton promotion={promotion} isEnabled={way.canPromote} />}
      {way.canPropose && <ProposeButton promotion={promotion} isPrimary={way.canPromote !== true} />}
      <p className="min-w-0 flex-1 basis-56 text-sm text-ink-soft" id="why-not">
        {t(`way.${way.reason}`)}
      </p>
      {way.canOverride && <OverrideButton promotion={promotion} />}
    </div>
  );
}

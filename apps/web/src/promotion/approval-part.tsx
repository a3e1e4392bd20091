import type { Promotion } from "@assay/core";
import { UserCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../components/badge.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { useActorNames } from "../components/use-actor-names.ts";

type State = "given" | "missing" | "optional";
const TONES: Record<State, Tone> = { given: "good", missing: "bad", optional: "neutral" };

/** Where the gate wants somebody's approval: whether there is one, and the way to it. */
export function ApprovalPart({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation("promotion");
  const { gate, changeRequest, isDone } = promotion;
  const isAsked = gate?.policy.approval !== undefined;
  if (isDone || (!isAsked && changeRequest === null)) return null;
  const state: State = isGiven(promotion) ? "given" : isAsked ? "missing" : "optional";
  return (
    <section aria-label={t("approval.label")} className="rounded-lg bg-raised px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <UserCheck className="size-4.5 text-ink-soft" aria-hidden />
        <h3 className="font-medium">{t("approval.label")}</h3>
        <Badge tone={TONES[state]}>{t(`approval.${state}`)}</Badge>
      </div>
      <p className="mt-1 text-ink-soft">
        <ApprovalWords promotion={promotion} />{" "}
        {changeRequest !== null && (
          <PlaceLink path={`/changes/${changeRequest.id}`}>{t("approval.open")}</PlaceLink>
        )}
      </p>
    </section>
  );
}

function isGiven({ changeRequest, staleApproval }: Promotion): boolean {
  return changeRequest?.status === "approved" && staleApproval === null;
}

function ApprovalWords({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation("promotion");
  const { changeRequest, staleApproval } = promotion;
  const nameOf = useActorNames([changeRequest?.decidedBy ?? null, changeRequest?.proposedBy ?? null]);
  if (changeRequest === null) return t("approval.nobody");
  if (staleApproval !== null) return t(`approval.stale.${staleApproval}`);
  if (isGiven(promotion)) return t("approval.by", { who: nameOf(changeRequest.decidedBy) });
  return t("approval.waits", { who: nameOf(changeRequest.proposedBy) });
}

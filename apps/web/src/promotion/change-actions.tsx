import type { ChangeRequestDetails } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { useMay } from "../api/use-tenant.ts";
import { buttonClass } from "../components/button.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { DecideButton } from "./decide-button.tsx";

/** What this person can decide about a proposal, and why not more. */
export function ChangeActions({ change }: { change: ChangeRequestDetails }) {
  const { t } = useTranslation("promotion");
  const { user } = useSession();
  const mayPromote = useMay("promote");
  const isLive = change.status === "open" || change.status === "approved";
  if (!isLive) return null;
  const isOwn = change.proposedBy === `user:${user.id}`;
  const isApproved = change.status === "approved" && change.staleApproval === null;
  const passes =
    change.verdict === null || measuredAndEvidence(change).every(({ outcome }) => outcome === "pass");
  const canApprove = mayPromote && !isApproved && change.barToApprove === null;
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3">
      {canApprove && <DecideButton change={change} decision="approve" isEnabled={passes} />}
      {isApproved && mayPromote && (
        <PlaceLink
          path={`/prompts/${change.prompt}/promote`}
          search={{ label: change.label, version: change.toVersion }}
          className={buttonClass("primary")}
        >
          {t("change.toPromote")}
        </PlaceLink>
      )}
      {mayPromote && <DecideButton change={change} decision="reject" isEnabled />}
      {isOwn && <DecideButton change={change} decision="withdraw" isEnabled />}
      <p className="min-w-0 flex-1 basis-56 text-sm text-ink-soft" id="why-not">
        {t(`change.next.${nextOf({ isApproved, passes, bar: change.barToApprove })}`)}
      </p>
    </div>
  );
}

/** An approval is what is being asked for; it cannot be missing for itself. */
function measuredAndEvidence({ verdict }: ChangeRequestDetails) {
  return verdict?.clauses.filter(({ clause }) => clause !== "approval") ?? [];
}

function nextOf(at: { isApproved: boolean; passes: boolean; bar: "scope" | "own" | null }): string {
  if (at.isApproved) return "approved";
  if (at.bar !== null) return at.bar;
  return at.passes ? "decide" : "fails";
}

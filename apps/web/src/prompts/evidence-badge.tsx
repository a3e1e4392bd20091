import type { VersionEvidence } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../components/badge.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { useFormat } from "../i18n/format.ts";

const TONES: Record<VersionEvidence["state"], Tone> = {
  proven: "good",
  refused: "bad",
  inconclusive: "warn",
  measured: "info",
  stale: "warn",
};

/** How far a version is proven, and its score; leads to the evaluation that says so. */
export function EvidenceBadge({ evidence }: { evidence: VersionEvidence | null }) {
  const { t } = useTranslation("prompts");
  const format = useFormat();
  if (evidence === null) return <Badge>{t("evidence.none")}</Badge>;
  const { state, score, cases, reasons, runId } = evidence;
  return (
    <PlaceLink
      path={`/evaluations/${runId}`}
      className="inline-flex flex-wrap items-center gap-1.5 rounded-md hover:underline"
    >
      <Badge tone={TONES[state]} title={[t(`evidence.words.${state}`), ...reasons].join(" ")}>
        {t(`evidence.${state}`)}
      </Badge>
      {score?.mean != null && (
        <span className="tabular text-sm text-ink-soft">
          {t("evidence.score", {
            score: format.score(score.mean),
            count: cases,
            shown: format.integer(cases),
          })}
        </span>
      )}
    </PlaceLink>
  );
}

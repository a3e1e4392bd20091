import type { ChangeRequestDetails } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ClauseList } from "../gate/clause-list.tsx";
import { VerdictBadge } from "../gate/verdict-badge.tsx";
import { useFormat } from "../i18n/format.ts";
import { measuredClauses } from "./measured-clauses.ts";

/** What the gate says to the move at this moment, and the evaluations behind it. */
export function ChangeVerdict({ change }: { change: ChangeRequestDetails }) {
  const { t } = useTranslation("promotion");
  const { verdict, evidence, prompt, label, toVersion } = change;
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          {verdict !== null && <VerdictBadge outcome={verdict.outcome} />}
          {verdict === null ? t("gateCard.none", { label }) : t("change.gateNow")}
        </span>
      }
    >
      {verdict === null ? (
        <p className="text-ink-soft">{t("gateCard.noneText")}</p>
      ) : (
        <ClauseList clauses={measuredClauses(verdict)} />
      )}
      <h3 className="mt-4 mb-1 font-medium">{t("change.evidence")}</h3>
      {evidence.length === 0 ? (
        <p className="text-ink-soft">
          {t("change.noEvidence")}{" "}
          <PlaceLink path={`/prompts/${prompt}/promote`} search={{ label, version: toVersion }}>
            {t("change.toPromote")}
          </PlaceLink>
        </p>
      ) : (
        <EvidenceList change={change} />
      )}
    </Card>
  );
}

function EvidenceList({ change }: { change: ChangeRequestDetails }) {
  const { t } = useTranslation("promotion");
  const format = useFormat();
  return (
    <ul className="flex flex-col gap-1">
      {change.evidence.map(({ runId, suite, isCurrent, changed, finishedAt }) => (
        <li key={runId} className="flex flex-wrap items-center gap-x-3">
          <PlaceLink path={`/evaluations/${runId}`}>
            <Bdi>{t("change.run", { suite, when: format.dateTime(finishedAt) })}</Bdi>
          </PlaceLink>
          <Badge tone={isCurrent ? "good" : "warn"}>
            {isCurrent
              ? t("evidence.current")
              : t("evidence.changedShort", {
                  changed: changed.map((name) => t(`changed.${name}`)).join(", "),
                })}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

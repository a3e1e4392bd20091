import type { Promotion, Verdict } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ClauseList } from "../gate/clause-list.tsx";
import { VerdictBadge } from "../gate/verdict-badge.tsx";
import { ApprovalPart } from "./approval-part.tsx";
import { ClauseNextStep } from "./clause-next-step.tsx";
import { EvidencePart } from "./evidence-part.tsx";
import { incumbentRole } from "./incumbent-role.ts";
import { measuredClauses } from "./measured-clauses.ts";

/** The gate as it is now: what it says, what it rests on, and what to do about what is missing. */
export function GateCard({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation(["promotion", "gate"]);
  const { gate, verdict, prompt, label } = promotion;
  if (gate === null) {
    return (
      <Card title={t("gateCard.none", { label })}>
        <p className="max-w-prose text-ink-soft">{t("gateCard.noneText")}</p>
        <PlaceLink path={`/prompts/${prompt}/gates`} search={{ label }}>
          {t("gateCard.toGates")}
        </PlaceLink>
      </Card>
    );
  }
  if (verdict === null) return null;
  const headline = t(`gate:headline.${verdict.outcome}`, { count: openCount(verdict) });
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          <VerdictBadge outcome={verdict.outcome} />
          {headline}
        </span>
      }
      actions={
        <PlaceLink
          path={`/prompts/${prompt}/gates`}
          search={{ label }}
          className="text-sm text-accent hover:underline"
        >
          {t("gateCard.about", { suite: gate.suite, version: gate.suiteVersion })}
        </PlaceLink>
      }
    >
      <div className="flex flex-col gap-4">
        {/* Beside the heading, whose name would lose it: what the gate says changes while one waits. */}
        <p role="status" className="sr-only">
          {headline}
        </p>
        <EvidencePart promotion={promotion} />
        <ApprovalPart promotion={promotion} />
        <Clauses promotion={promotion} verdict={verdict} />
      </div>
    </Card>
  );
}

function Clauses({ promotion, verdict }: { promotion: Promotion; verdict: Verdict }) {
  const measured = measuredClauses(verdict);
  if (measured.length === 0) return null;
  return (
    <ClauseList
      clauses={measured}
      roleOf={(version) => incumbentRole(promotion, version)}
      nextStep={(clause) => <ClauseNextStep clause={clause} promotion={promotion} />}
      caseLink={(key) => <CaseLink key={key} caseKey={key} promotion={promotion} />}
    />
  );
}

function openCount({ outcome, clauses }: Verdict): number {
  return clauses.filter((clause) =>
    outcome === "fail" ? clause.outcome === "fail" : clause.outcome !== "pass",
  ).length;
}

/** A key breaks nowhere, for the list of them to be read; one too long for the line ends in dots. */
const KEY_CLASS = "mr-2 inline-block max-w-full truncate align-bottom";

function CaseLink({ caseKey, promotion }: { caseKey: string; promotion: Promotion }) {
  if (promotion.evidence === null) return <Bdi className={KEY_CLASS}>{caseKey}</Bdi>;
  return (
    <span className={KEY_CLASS}>
      <PlaceLink path={`/evaluations/${promotion.evidence.runId}`} search={{ tab: "cases", case: caseKey }}>
        <Bdi>{caseKey}</Bdi>
      </PlaceLink>
    </span>
  );
}

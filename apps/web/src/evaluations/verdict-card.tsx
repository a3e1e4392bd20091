import type { Run } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Hint } from "../components/hint.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ClauseList } from "../gate/clause-list.tsx";
import { VerdictBadge } from "../gate/verdict-badge.tsx";
import { ClauseStep } from "./clause-step.tsx";
import { isActive } from "./run-status.tsx";

interface VerdictCardProps {
  run: Run;
  onCase: (key: string) => void;
}

/** The verdict before anything else: which requirement, how far off, what would decide it. */
export function VerdictCard({ run, onCase }: VerdictCardProps) {
  const { t } = useTranslation(["evaluations", "gate"]);
  const { verdict } = run;
  if (verdict === null) return <WithoutVerdict run={run} />;
  const open = verdict.clauses.filter(({ outcome }) => outcome !== "pass");
  const failed = verdict.clauses.filter(({ outcome }) => outcome === "fail");
  const count = verdict.outcome === "fail" ? failed.length : open.length;
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          <VerdictBadge outcome={verdict.outcome} />
          {t(`gate:headline.${verdict.outcome}`, { count })}
          <Hint about={t("whatIsInterval")}>{t("intervalText")}</Hint>
        </span>
      }
    >
      <ClauseList
        clauses={verdict.clauses}
        caseLink={(key) => <CaseButton key={key} caseKey={key} onCase={onCase} />}
        nextStep={(clause) => <ClauseStep clause={clause} run={run} />}
      />
      <NextStep run={run} />
    </Card>
  );
}

function CaseButton({ caseKey, onCase }: { caseKey: string; onCase: (key: string) => void }) {
  return (
    <button
      type="button"
      onClick={() => onCase(caseKey)}
      className="mr-2 inline-block max-w-full truncate align-bottom text-accent underline-offset-2 hover:underline"
    >
      <Bdi>{caseKey}</Bdi>
    </button>
  );
}

function NextStep({ run: { verdict, prompt, promptVersion: version } }: Pick<VerdictCardProps, "run">) {
  const { t } = useTranslation("evaluations");
  const mayEdit = useMay("edit");
  const isPassed = verdict?.outcome === "pass";
  if (!isPassed && !mayEdit) return null;
  return (
    <p className="mt-4 border-t border-line pt-3">
      {t("passedNext")}{" "}
      {isPassed ? (
        <PlaceLink path={`/prompts/${prompt}/promote`} search={{ version }}>
          {t("promote", { version })}
        </PlaceLink>
      ) : (
        <PlaceLink path={`/prompts/${prompt}`}>{t("editPrompt")}</PlaceLink>
      )}
    </p>
  );
}

function WithoutVerdict({ run }: { run: Run }) {
  const { t } = useTranslation("evaluations");
  if (isActive(run)) return null;
  if (run.status === "failed") {
    return (
      <Card title={t("runFailed")}>
        <ForeignText text={run.error ?? t("noReason")} className="text-bad" />
        <p className="mt-2 text-ink-soft">{t("runFailedText")}</p>
      </Card>
    );
  }
  const kind = run.status === "cancelled" ? "cancelled" : run.selection === null ? "noGate" : "part";
  return (
    <Card title={t(`without.${kind}`)}>
      <p className="text-ink-soft">
        {t(`without.${kind}Text`)}{" "}
        {kind === "noGate" && <PlaceLink path={`/suites/${run.suite}`}>{t("toSuite")}</PlaceLink>}
      </p>
    </Card>
  );
}

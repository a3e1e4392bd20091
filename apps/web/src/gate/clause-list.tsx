import type { VerdictClause } from "@assay/core";
import { CircleCheck, CircleHelp, CirclePause, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { IntervalPlot } from "../components/interval-plot.tsx";
import { useFormat } from "../i18n/format.ts";
import { byIncumbent } from "./by-incumbent.ts";
import { caseCountOf } from "./case-count-of.ts";
import { againstWords, clauseName, clauseWords, type IncumbentRole, neededWords } from "./clause-words.ts";

type Outcome = VerdictClause["outcome"];
const LOOKS: Record<Outcome, { tone: Tone; icon: typeof CircleCheck }> = {
  pass: { tone: "good", icon: CircleCheck },
  fail: { tone: "bad", icon: CircleX },
  inconclusive: { tone: "warn", icon: CircleHelp },
  suspended: { tone: "warn", icon: CirclePause },
};
const CASES_SHOWN_MAX = 6;
const URGENCY: readonly Outcome[] = ["fail", "suspended", "inconclusive", "pass"];

interface ClauseListProps {
  clauses: readonly VerdictClause[];
  /** A link to a case that a clause names. */
  caseLink?: (key: string) => ReactNode;
  /** What one can do about a clause. */
  nextStep?: (clause: VerdictClause) => ReactNode;
  /** What a version that clauses compare with is to the label. */
  roleOf?: (version: number) => IncumbentRole;
}

/** What a gate asks for and what was found, what is not met first; apart for each version that is compared with. */
export function ClauseList({ clauses, ...of }: ClauseListProps) {
  const { t } = useTranslation("gate");
  const format = useFormat();
  const [common = [], ...apart] = byIncumbent(clauses);
  return (
    <>
      <Clauses label={t("clauses")} clauses={common} {...of} />
      {apart.map((each) => {
        const [first] = each;
        if (first === undefined) return null;
        const title = t("against.heading", {
          against: againstWords(first, { t, format, roleOf: of.roleOf }),
        });
        return (
          <section key={first.incumbentVersion} className="flex flex-col gap-2">
            <h3 className="font-semibold">{title}</h3>
            <Clauses label={title} clauses={each} {...of} />
          </section>
        );
      })}
    </>
  );
}

function Clauses({ label, clauses, caseLink, nextStep, roleOf }: ClauseListProps & { label: string }) {
  const ordered = clauses.toSorted((a, b) => URGENCY.indexOf(a.outcome) - URGENCY.indexOf(b.outcome));
  return (
    <ul aria-label={label} className="flex flex-col divide-y divide-line">
      {ordered.map((clause) => (
        <ClauseItem
          key={`${clause.clause} ${clause.metric ?? ""}`}
          clause={clause}
          caseLink={caseLink}
          roleOf={roleOf}
          next={nextStep?.(clause)}
        />
      ))}
    </ul>
  );
}

function ClauseItem({
  clause,
  caseLink,
  roleOf,
  next,
}: {
  clause: VerdictClause;
  caseLink: ClauseListProps["caseLink"] | undefined;
  roleOf: ClauseListProps["roleOf"] | undefined;
  next: ReactNode;
}) {
  const { t } = useTranslation("gate");
  const words = { t, format: useFormat(), roleOf };
  const { tone, icon: Icon } = LOOKS[clause.outcome];
  const needed = neededWords(clause, words);
  const cases = (clause.cases ?? []).slice(0, CASES_SHOWN_MAX);
  const moreCases = caseCountOf(clause) - cases.length;
  return (
    <li className="grid items-start gap-x-5 gap-y-1.5 py-3 first:pt-0 last:pb-0 lg:grid-cols-[13.5rem_1fr_12rem]">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>
          <Icon className="size-3.5 shrink-0" aria-hidden />
          {t(`outcome.${clause.outcome}`)}
        </Badge>
        <Bdi className="font-medium [overflow-wrap:anywhere]">{clauseName(clause, t)}</Bdi>
      </p>
      <div className="min-w-0">
        <p className="[overflow-wrap:anywhere]">{clauseWords(clause, words)}</p>
        {needed !== null && <p className="text-ink-soft">{needed}</p>}
        {cases.length > 0 && caseLink !== undefined && (
          <p className="text-sm text-ink-soft">
            {t("casesToSee")} {cases.map((key) => caseLink(key))}
            {moreCases > 0 && t("moreCases", { count: moreCases })}
          </p>
        )}
        {next}
        {clause.outcome !== "pass" && <FullWords message={clause.message} />}
      </div>
      <ClausePlot clause={clause} tone={tone} />
    </li>
  );
}

function FullWords({ message }: { message: string }) {
  const { t } = useTranslation("gate");
  return (
    <details className="mt-1 text-sm text-ink-soft">
      <summary className="w-fit cursor-pointer">{t("fullWords")}</summary>
      <Bdi lang="en" className="foreign-text block">
        {message}
      </Bdi>
    </details>
  );
}

/** Scores on the scale from 0 to 1, differences around 0. */
function ClausePlot({ clause, tone }: { clause: VerdictClause; tone: Tone }) {
  const { t } = useTranslation("gate");
  const { interval, bound } = clause;
  if (interval?.mean == null || interval.lower === null || interval.upper === null) return null;
  const ends = [interval.lower, interval.upper, bound ?? interval.mean];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const margin = (most - least) * 0.15 || 0.01;
  return (
    <IntervalPlot
      label={clauseName(clause, t)}
      value={interval.mean}
      lower={interval.lower}
      upper={interval.upper}
      from={least - margin}
      to={most + margin}
      bound={bound ?? undefined}
      tone={tone}
    />
  );
}

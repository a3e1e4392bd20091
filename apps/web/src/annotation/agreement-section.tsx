import type { AnnotationQueue, JudgeAgreement } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useList, useRead } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Card } from "../components/card.tsx";
import { Hint } from "../components/hint.tsx";
import { IntervalPlot } from "../components/interval-plot.tsx";
import { Loaded } from "../components/loaded.tsx";
import { useFormat } from "../i18n/format.ts";
import { kappaWord } from "./kappa-words.ts";

const TONES = { proven: "good", suspended: "bad", reports: "neutral" } as const;

/** How far each judge of the queue agrees with people, and what that means for the gate. */
export function AgreementSection({ queue }: { queue: AnnotationQueue }) {
  const { t } = useTranslation("annotation");
  const agreement = useRead("getJudgeAgreement", { queue: queue.slug });
  return (
    <section aria-labelledby="agreement" className="flex flex-col gap-3">
      <h2 id="agreement" className="flex items-center gap-1.5 text-lg font-semibold">
        {t("agreement")}
        <Hint about={t("kappaAbout")}>{t("kappaExplained")}</Hint>
      </h2>
      <Standing queue={queue} />
      <Loaded from={agreement}>
        {({ items }) =>
          items.map((each, index) => <JudgeCard key={each.judgeSha256} judge={each} isNewest={index === 0} />)
        }
      </Loaded>
    </section>
  );
}

/** The judge's place in the gates of the suites that ask it, as it is now. */
function Standing({ queue: { slug } }: { queue: AnnotationQueue }) {
  const { t } = useTranslation("annotation");
  const judges = useList("listJudges", { limit: 200 });
  const asked = (judges.data ?? []).filter(({ queues }) => queues.includes(slug));
  if (asked.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {asked.map(({ suite, metric, standing, message, minKappa, minLabels }) => (
        <li key={`${suite} ${metric}`} className="rounded-xl border border-line bg-surface px-4 py-3">
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={TONES[standing]}>{t(`standing.${standing}`)}</Badge>
            <bdi className="font-medium">{suite}</bdi>
            <span className="text-sm text-ink-soft">{t("asks", { minKappa, minLabels })}</span>
          </p>
          <p className="mt-1 text-ink-soft">{message ?? t("reportsText")}</p>
        </li>
      ))}
    </ul>
  );
}

function JudgeCard({ judge, isNewest }: { judge: JudgeAgreement; isNewest: boolean }) {
  const { t } = useTranslation("annotation");
  const { judgeAndPeople, amongPeople } = judge;
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          <bdi className="break-all">{judge.judge}</bdi>
          {isNewest && <Badge tone="info">{t("newest")}</Badge>}
        </span>
      }
    >
      <div className="grid gap-5 lg:grid-cols-2">
        <Kappa title={t("judgeAndPeople")} kappa={judgeAndPeople} kind="judge" />
        <Kappa title={t("amongPeople")} kappa={amongPeople} kind="people" />
      </div>
      <LeftOut judge={judge} />
    </Card>
  );
}

interface KappaProps {
  title: string;
  kind: "judge" | "people";
  kappa: JudgeAgreement["amongPeople"] & Partial<JudgeAgreement["judgeAndPeople"]>;
}

/** κ with its interval, and in words what can be said with confidence. */
function Kappa({ title, kind, kappa }: KappaProps) {
  const { t } = useTranslation("annotation");
  const format = useFormat();
  const { kappa: value, lower, upper, agreement, n, judgePassRate, humanPassRate } = kappa;
  const isKnown = value !== null && lower !== null && upper !== null;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h3 className="font-semibold">{title}</h3>
      {isKnown && (
        <>
          <p className="tabular">
            κ {format.score(value)}{" "}
            <span className="text-ink-soft">
              {t("between", { lower: format.score(lower), upper: format.score(upper) })}
            </span>
          </p>
          <IntervalPlot
            label={title}
            value={value}
            lower={lower}
            upper={upper}
            from={-0.2}
            to={1}
            bound={0}
          />
        </>
      )}
      <p>{n === 0 ? t(`noneYet.${kind}`) : t(`words.${kind}.${kappaWord({ lower })}`)}</p>
      {n > 0 && (
        <p className="text-sm text-ink-soft">
          {t("countedOutputs", { count: n })}
          {agreement !== null && ` ${t("sameOf", { share: format.percent(agreement, 0) })}`}
          {judgePassRate != null &&
            humanPassRate != null &&
            ` ${t("passRates", { judge: format.percent(judgePassRate, 0), people: format.percent(humanPassRate, 0) })}`}
        </p>
      )}
    </div>
  );
}

/** What does not count, and why. */
function LeftOut({ judge }: { judge: JudgeAgreement }) {
  const { t } = useTranslation("annotation");
  const reasons = ["incomplete", "undecided", "byAuthorOnly", "notRepresentative"] as const;
  const found = reasons.filter((reason) => judge[reason] > 0);
  if (found.length === 0) return null;
  return (
    <ul className="mt-4 list-disc pl-5 text-sm text-ink-soft">
      {found.map((reason) => (
        <li key={reason}>{t(`leftOut.${reason}`, { count: judge[reason] })}</li>
      ))}
    </ul>
  );
}

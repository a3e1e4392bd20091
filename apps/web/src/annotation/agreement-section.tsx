import type { AnnotationQueue, JudgeAgreement } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useAll, useRead } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { Hint } from "../components/hint.tsx";
import { Loaded } from "../components/loaded.tsx";
import { kappaDegree } from "../gate/kappa-degree.ts";
import { KappaView } from "./kappa-view.tsx";
import { PeopleCard } from "./people-card.tsx";

const TONES = { proven: "good", suspended: "bad", reports: "neutral" } as const;

/** What people say, how far each judge of the queue agrees with them, and what that means for the gate. */
export function AgreementSection({ queue }: { queue: AnnotationQueue }) {
  const { t } = useTranslation("annotation");
  const agreement = useRead("getJudgeAgreement", { queue: queue.slug });
  const hasJudge = queue.metric !== null;
  return (
    <section aria-labelledby="agreement" className="flex flex-col gap-3">
      <h2 id="agreement" className="flex items-center gap-1.5 text-lg font-semibold">
        {t(hasJudge ? "agreement" : "people.title")}
        <Hint about={t("kappaAbout")}>{t("kappaExplained")}</Hint>
      </h2>
      {hasJudge && <Standing queue={queue} />}
      <Loaded from={agreement}>
        {({ people, items }) => (
          <>
            {!hasJudge && <PeopleCard people={people} labelsPerItem={queue.labelsPerItem} />}
            {items.map((each, index) => (
              <JudgeCard key={each.judgeSha256} judge={each} isNewest={index === 0} />
            ))}
          </>
        )}
      </Loaded>
    </section>
  );
}

/** The judge's place in the gates of the suites that ask it, as it is now. */
function Standing({ queue: { slug } }: { queue: AnnotationQueue }) {
  const { t } = useTranslation(["annotation", "gate"]);
  const judges = useAll("listJudges", {});
  const asked = (judges.data ?? []).filter(({ queues }) => queues.includes(slug));
  if (asked.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {asked.map(({ suite, metric, standing, message, minKappa, minLabels }) => (
        <li key={`${suite} ${metric}`} className="rounded-xl border border-line bg-surface px-4 py-3">
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={TONES[standing]}>{t(`standing.${standing}`)}</Badge>
            <Bdi className="font-medium">{suite}</Bdi>
            <span className="text-sm text-ink-soft">
              {t("asks", { degree: t(`gate:degree.${kappaDegree(minKappa)}`), minKappa, minLabels })}
            </span>
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
          <Bdi className="break-all">{judge.judge}</Bdi>
          {isNewest && <Badge tone="info">{t("newest")}</Badge>}
        </span>
      }
    >
      <div className="grid gap-5 lg:grid-cols-2">
        <KappaView title={t("judgeAndPeople")} kappa={judgeAndPeople} kind="judge" />
        <KappaView title={t("amongPeople")} kappa={amongPeople} kind="people" />
      </div>
      <LeftOut judge={judge} />
    </Card>
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

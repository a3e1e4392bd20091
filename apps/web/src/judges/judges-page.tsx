import type { JudgeInSuite } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { CircleCheck, CirclePause, Info } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useList, useRead } from "../api/use-api.ts";
import { Badge, type Tone } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Hint } from "../components/hint.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { JudgeAgreementView } from "./judge-agreement-view.tsx";

export const route = createLazyRoute("/person/t/$tenant/judges")({ component: JudgesPage });

const LOOKS: Record<JudgeInSuite["standing"], { tone: Tone; icon: typeof Info }> = {
  proven: { tone: "good", icon: CircleCheck },
  suspended: { tone: "warn", icon: CirclePause },
  reports: { tone: "neutral", icon: Info },
};

function JudgesPage() {
  const { t } = useTranslation("judges");
  const judges = useList("listJudges", {});
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <p className="max-w-prose text-ink-soft">{t("explanation")}</p>
      <Loaded from={judges}>
        {(rows) =>
          rows.length === 0 && !judges.hasNextPage ? (
            <EmptyState title={t("noJudges")} action={<PlaceLink path="/suites">{t("toSuites")}</PlaceLink>}>
              {t("noJudgesText")}
            </EmptyState>
          ) : (
            <ul className="grid items-start gap-5 lg:grid-cols-2">
              {rows.map((judge) => (
                <li key={`${judge.suite} ${judge.metric}`} className="min-w-0">
                  <JudgeCard judge={judge} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton of={judges} />
    </Page>
  );
}

function JudgeCard({ judge }: { judge: JudgeInSuite }) {
  const { t } = useTranslation("judges");
  const { tone, icon: Icon } = LOOKS[judge.standing];
  const scorers = useRead("listScorers", {});
  const title = scorers.data?.items.find(({ type }) => type === judge.scorer)?.title;
  return (
    <Card
      title={<Bdi className="[overflow-wrap:anywhere]">{judge.metric}</Bdi>}
      actions={
        <span className="inline-flex items-center gap-1">
          <Badge tone={tone}>
            <Icon className="size-3.5" aria-hidden />
            {t(`standing.${judge.standing}`)}
          </Badge>
          <Hint about={t("whatIsStanding")}>{t(`standingText.${judge.standing}`)}</Hint>
        </span>
      }
    >
      <dl className="mb-4 grid gap-x-4 gap-y-1 sm:grid-cols-[8rem_1fr]">
        <dt className="text-sm text-ink-soft">{t("suite")}</dt>
        <dd>
          <PlaceLink path={`/suites/${judge.suite}`}>{judge.suite}</PlaceLink>{" "}
          {t("versionShort", { version: judge.suiteVersion })}
        </dd>
        <dt className="text-sm text-ink-soft">{t("judgedPrompt")}</dt>
        <dd>
          <PlaceLink path={`/prompts/${judge.prompt}`}>{judge.prompt}</PlaceLink>
        </dd>
        <dt className="text-sm text-ink-soft">{t("judgedBy")}</dt>
        <dd className="[overflow-wrap:anywhere]">
          <Bdi>{title ?? judge.scorer}</Bdi> ·{" "}
          <Bdi>{judge.judges.length === 0 ? "–" : judge.judges.join(", ")}</Bdi>
        </dd>
      </dl>
      <JudgeAgreementView judge={judge} />
      <HowToEarn judge={judge} />
    </Card>
  );
}

/** The way out of a suspension. */
function HowToEarn({ judge }: { judge: JudgeInSuite }) {
  const { t } = useTranslation("judges");
  const [queue] = judge.queues;
  if (judge.standing === "proven" && queue === undefined) return null;
  return (
    <p className="mt-4 border-t border-line pt-3 first-letter:uppercase">
      {judge.standing === "suspended" && `${t("howToEarn")} `}
      {queue === undefined ? (
        <PlaceLink path="/annotation" search={{ prompt: judge.prompt, metric: judge.metric }}>
          {t("makeQueue")}
        </PlaceLink>
      ) : (
        <PlaceLink path={`/annotation/${queue}`}>{t("toQueue", { queue })}</PlaceLink>
      )}
    </p>
  );
}

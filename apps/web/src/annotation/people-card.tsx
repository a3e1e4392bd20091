import type { PeopleLabels } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Card } from "../components/card.tsx";
import { IntervalPlot } from "../components/interval-plot.tsx";
import { useFormat } from "../i18n/format.ts";
import { KappaView } from "./kappa-view.tsx";

interface PeopleCardProps {
  people: PeopleLabels;
  labelsPerItem: number;
}

/** How many outputs people let pass, and how far they agree with each other. */
export function PeopleCard({ people, labelsPerItem }: PeopleCardProps) {
  const { t } = useTranslation("annotation");
  return (
    <Card>
      <div className="grid gap-5 lg:grid-cols-2">
        <PassRate people={people} />
        {labelsPerItem > 1 && <KappaView title={t("amongPeople")} kappa={people.amongPeople} kind="people" />}
      </div>
    </Card>
  );
}

function PassRate({ people }: { people: PeopleLabels }) {
  const { t } = useTranslation("annotation");
  const format = useFormat();
  const { passed, failed, undecided, incomplete, passRate, lower, upper } = people;
  const isKnown = passRate !== null && lower !== null && upper !== null;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h3 className="font-semibold">{t("people.passRate")}</h3>
      {isKnown ? (
        <>
          <p className="tabular">
            {format.percent(passRate, 0)}{" "}
            <span className="text-ink-soft">
              {t("between", { lower: format.percent(lower, 0), upper: format.percent(upper, 0) })}
            </span>
          </p>
          <IntervalPlot
            label={t("people.passRate")}
            value={passRate}
            lower={lower}
            upper={upper}
            from={0}
            to={1}
          />
          <p>{t("people.counts", { count: passed + failed, passed })}</p>
        </>
      ) : (
        <p>{t("people.noneYet")}</p>
      )}
      {undecided > 0 && (
        <p className="text-sm text-ink-soft">{t("leftOut.undecided", { count: undecided })}</p>
      )}
      {incomplete > 0 && (
        <p className="text-sm text-ink-soft">{t("leftOut.incomplete", { count: incomplete })}</p>
      )}
    </div>
  );
}

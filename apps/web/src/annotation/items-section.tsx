import type { AnnotationItem, AnnotationQueue } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { type Column, Table } from "../components/table.tsx";
import { useActorNames } from "../components/use-actor-names.ts";

/** The outputs of a queue; verdict and labels show once an output has all its labels. */
export function ItemsSection({ queue }: { queue: AnnotationQueue }) {
  const { t } = useTranslation("annotation");
  const items = useList("listAnnotationItems", { queue: queue.slug });
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">{t("outputs")}</h2>
      <p className="text-ink-soft">{t(queue.metric === null ? "outputsTextPlain" : "outputsText")}</p>
      <Loaded from={items}>{(rows) => <ItemsTable rows={rows} hasJudge={queue.metric !== null} />}</Loaded>
      <MoreButton of={items} />
    </div>
  );
}

function ItemsTable({ rows, hasJudge }: { rows: readonly AnnotationItem[]; hasJudge: boolean }) {
  const { t } = useTranslation("annotation");
  const judgeColumn: Column<AnnotationItem> = {
    key: "judge",
    title: t("judgeSays"),
    cell: ({ judgePassed }) => <Verdict passed={judgePassed} />,
  };
  const countsColumn: Column<AnnotationItem> = {
    key: "counts",
    title: t("counts"),
    cell: ({ isRepresentative }) => (isRepresentative ? "" : t("drawnForVerdict")),
  };
  const nameOf = useActorNames(rows.flatMap(({ labels }) => labels?.map(({ annotator }) => annotator) ?? []));
  return (
    <Table
      caption={t("outputs")}
      rows={rows}
      rowKey={({ id }) => id}
      rowClass={(row) => (isDisputed(row) ? "bg-warn-soft/40" : undefined)}
      columns={[
        {
          key: "case",
          title: t("case"),
          cell: ({ caseKey, repeat, runId }) => (
            <PlaceLink path={`/evaluations/${runId}`}>
              <code className="text-sm">
                <Bdi>{repeat === 0 ? caseKey : `${caseKey} #${repeat + 1}`}</Bdi>
              </code>
            </PlaceLink>
          ),
        },
        ...(hasJudge ? [judgeColumn] : []),
        { key: "people", title: t("peopleSay"), cell: (row) => <Labels item={row} nameOf={nameOf} /> },
        {
          key: "same",
          title: t("same"),
          cell: (row) => (isComparable(row) ? t(isDisputed(row) ? "disagree" : "agree") : ""),
        },
        ...(hasJudge ? [countsColumn] : []),
      ]}
    />
  );
}

/** Did two or more say something of it, the judge included? */
function isComparable({ judgePassed, labels }: AnnotationItem): boolean {
  return labels !== null && (judgePassed !== null || labels.length > 1);
}

function isDisputed({ judgePassed, labels }: AnnotationItem): boolean {
  const first = judgePassed ?? labels?.[0]?.passed;
  return labels?.some(({ passed }) => passed !== first) ?? false;
}

function Verdict({ passed }: { passed: boolean | null }) {
  const { t } = useTranslation("annotation");
  if (passed === null) return <span className="text-ink-soft">{t("hidden")}</span>;
  return <Badge tone={passed ? "good" : "bad"}>{t(passed ? "passes" : "fails")}</Badge>;
}

interface LabelsProps {
  item: AnnotationItem;
  nameOf: (actor: string) => string;
}

function Labels({ item: { labels }, nameOf }: LabelsProps) {
  const { t } = useTranslation("annotation");
  if (labels === null) return <span className="text-ink-soft">{t("waiting")}</span>;
  return (
    <ul className="flex flex-col gap-1">
      {labels.map(({ annotator, passed, comment }) => (
        <li key={annotator} className="flex flex-col">
          <span className="flex flex-wrap items-center gap-1.5">
            <Verdict passed={passed} />
            <Bdi className="text-sm text-ink-soft break-all">{nameOf(annotator)}</Bdi>
          </span>
          {comment !== null && <ForeignText text={comment} className="text-sm" />}
        </li>
      ))}
    </ul>
  );
}

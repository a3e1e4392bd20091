import type { ComparedDeltas, Run, RunSummary } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { Hint } from "../components/hint.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { type Column, Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { ScoreCell } from "./score-cell.tsx";
import { StandsOutBadge } from "./stands-out-badge.tsx";
import { CHANGE_TONES, sureDifference } from "./sure-change.ts";

type Tag = RunSummary["tags"][number];

interface TagsTableProps {
  run: Run;
  summary: RunSummary;
  deltas: ComparedDeltas | null;
}

/** The score by tag, the lowest first, with the change from the version in use. */
export function TagsTable({ run, summary, deltas }: TagsTableProps) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  if (summary.tags.length === 0) return null;
  const deltaOf = new Map(deltas?.tags.map((each) => [each.tag, each]));
  const rows = summary.tags.toSorted((a, b) => (a.score.mean ?? 2) - (b.score.mean ?? 2));
  const columns: Column<Tag>[] = [
    {
      key: "tag",
      title: t("tag"),
      className: "min-w-32",
      cell: ({ tag }) => (
        <PlaceLink path={`/evaluations/${run.id}`} search={{ tab: "cases", tag }}>
          <Bdi>{tag}</Bdi>
        </PlaceLink>
      ),
    },
    { key: "cases", title: t("casesCount"), isNumber: true, cell: ({ cases }) => format.integer(cases) },
    {
      key: "score",
      title: t("scoreWithInterval"),
      className: "min-w-48",
      cell: ({ tag, score }) => <ScoreCell label={tag} interval={score} />,
    },
    ...(deltas === null
      ? []
      : [
          {
            key: "change",
            title: t("changeFromInUse"),
            className: "min-w-48",
            cell: ({ tag }: Tag) => (
              <TagChange tag={tag} delta={deltaOf.get(tag)} whole={deltas.score.difference} />
            ),
          },
        ]),
  ];
  return (
    <section className="flex flex-col gap-2">
      <h2 className="flex items-center gap-1 text-lg font-semibold">
        {t("byTag")}
        <Hint about={t("byTag")}>{t("byTagText")}</Hint>
      </h2>
      <Table caption={t("byTag")} columns={columns} rows={rows} rowKey={({ tag }) => tag} />
    </section>
  );
}

interface TagChangeProps {
  tag: string;
  delta: ComparedDeltas["tags"][number] | undefined;
  whole: ComparedDeltas["score"]["difference"];
}

function TagChange({ tag, delta, whole }: TagChangeProps) {
  const difference = delta?.difference;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ScoreCell
        label={tag}
        interval={difference}
        from={-1}
        to={1}
        bound={0}
        tone={difference === undefined ? "neutral" : CHANGE_TONES[sureDifference(difference)]}
        isDifference
      />
      <StandsOutBadge part={difference} whole={whole} />
    </div>
  );
}

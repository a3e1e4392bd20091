import type { LabelMove } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { Badge, type Tone } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { RollbackButton } from "../components/rollback-button.tsx";
import { rollbackTargets } from "../components/rollback-targets.ts";
import { Table } from "../components/table.tsx";
import { useActorNames } from "../components/use-actor-names.ts";
import { useFormat } from "../i18n/format.ts";

const TONES: Record<LabelMove["kind"], Tone> = {
  gate: "good",
  unprotected: "neutral",
  override: "bad",
  rollback: "info",
};

interface MovesTableProps {
  prompt: string;
  rows: readonly LabelMove[];
  present: number | null;
}

export function MovesTable({ prompt, rows, present }: MovesTableProps) {
  const { t } = useTranslation("promotion");
  const format = useFormat();
  const mayPromote = useMay("promote");
  const nameOf = useActorNames(rows.map(({ movedBy }) => movedBy));
  const targets = rollbackTargets(rows, present);
  return (
    <Table
      caption={t("history.caption")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "when",
          className: "min-w-36",
          title: t("history.when"),
          cell: ({ movedAt }) => <time dateTime={movedAt}>{format.dateTime(movedAt)}</time>,
        },
        { key: "move", title: t("history.move"), cell: (move) => <MoveCell move={move} /> },
        {
          key: "right",
          title: t("history.right"),
          cell: (move) => <RightCell move={move} />,
        },
        { key: "who", title: t("history.who"), cell: ({ movedBy }) => <Bdi>{nameOf(movedBy)}</Bdi> },
        {
          key: "back",
          title: <span className="sr-only">{t("history.back")}</span>,
          isBare: true,
          cell: ({ id, label, toVersion }) =>
            mayPromote &&
            targets.has(id) && (
              <RollbackButton prompt={prompt} label={label} version={toVersion} present={present} />
            ),
        },
      ]}
    />
  );
}

function MoveCell({ move: { fromVersion, toVersion } }: { move: LabelMove }) {
  const { t } = useTranslation("promotion");
  return (
    <span className="tabular whitespace-nowrap">
      {fromVersion === null ? t("history.first") : t("versionShort", { version: fromVersion })}
      {" → "}
      <strong>{t("versionShort", { version: toVersion })}</strong>
    </span>
  );
}

function RightCell({ move }: { move: LabelMove }) {
  const { t } = useTranslation("promotion");
  const format = useFormat();
  return (
    <div className="flex max-w-md flex-col items-start gap-1">
      <Badge tone={TONES[move.kind]}>{t(`kind.${move.kind}`)}</Badge>
      {move.runId !== null && <PlaceLink path={`/evaluations/${move.runId}`}>{t("evidence.open")}</PlaceLink>}
      {move.expiresAt !== null && (
        <span className="text-sm text-ink-soft">
          {t("history.until", { when: format.dateTime(move.expiresAt) })}
        </span>
      )}
      {move.reason !== null && <ForeignText text={move.reason} className="text-sm" />}
    </div>
  );
}

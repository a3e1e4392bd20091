import type { Run } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Bdi } from "../components/bdi.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ProgressBar } from "../components/progress-bar.tsx";
import { type Column, Table } from "../components/table.tsx";
import { VerdictBadge } from "../gate/verdict-badge.tsx";
import { useFormat } from "../i18n/format.ts";
import { isActive, RunStatus } from "./run-status.tsx";
import { ScoreCell } from "./score-cell.tsx";

interface RunsTableProps {
  runs: readonly Run[];
  /** Kept while other runs are shown. */
  chosen: readonly Run[];
  onChoose: (runs: readonly Run[]) => void;
}

export function RunsTable({ runs, chosen, onChoose }: RunsTableProps) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const isChosen = (run: Run) => chosen.some(({ id }) => id === run.id);
  const toggle = (run: Run) =>
    onChoose(isChosen(run) ? chosen.filter(({ id }) => id !== run.id) : [...chosen, run]);
  const columns: Column<Run>[] = [
    {
      key: "choose",
      title: <span className="sr-only">{t("choose")}</span>,
      isBare: true,
      className: "w-8",
      cell: (run) => (
        <input
          type="checkbox"
          className="mt-1 size-4 accent-accent"
          aria-label={t("chooseRun", { prompt: run.prompt, version: run.promptVersion })}
          checked={isChosen(run)}
          disabled={run.status !== "completed"}
          onChange={() => toggle(run)}
        />
      ),
    },
    { key: "what", title: t("what"), cell: (run) => <What run={run} /> },
    { key: "status", title: t("statusLabel"), cell: (run) => <Progress run={run} /> },
    {
      key: "score",
      title: t("scoreWithInterval"),
      className: "min-w-48",
      cell: ({ summary }) => <ScoreCell label={t("score")} interval={summary?.score} />,
    },
    {
      key: "verdict",
      title: t("verdict"),
      className: "whitespace-nowrap",
      cell: (run) => <VerdictCell run={run} />,
    },
    {
      key: "started",
      title: t("started"),
      className: "whitespace-nowrap",
      cell: ({ createdAt }) => <time dateTime={createdAt}>{format.ago(createdAt)}</time>,
    },
  ];
  return <Table caption={t("title")} columns={columns} rows={runs} rowKey={({ id }) => id} />;
}

function What({ run }: { run: Run }) {
  const { t } = useTranslation("evaluations");
  return (
    <div className="min-w-44">
      <PlaceLink path={`/evaluations/${run.id}`} className="font-semibold text-accent hover:underline">
        <Bdi>{run.prompt}</Bdi> {t("versionShort", { version: run.promptVersion })}
      </PlaceLink>
      <p className="text-sm text-ink-soft">
        {t("suite")}: <Bdi>{run.suite}</Bdi> {t("versionShort", { version: run.suiteVersion })}
        {run.selection !== null && ` · ${t("part")}`}
        {run.rescoreOf !== null && ` · ${t("rescored")}`}
      </p>
    </div>
  );
}

function Progress({ run }: { run: Run }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const mayUse = useMay("use");
  const cancel = useWrite("cancelRun", ["listRuns", "getRun"]);
  const { done, total } = run.progress;
  return (
    <div className="flex min-w-28 flex-col gap-1">
      <span>
        <RunStatus run={run} />
      </span>
      {isActive(run) && (
        <>
          <ProgressBar label={t("progress")} done={done} total={total} />
          <span className="tabular text-sm text-ink-soft">
            {format.integer(done)} / {format.integer(total)}
          </span>
          {mayUse && (
            <ConfirmButton
              isSmall
              text={t("cancelRun")}
              question={t("cancelQuestion")}
              confirmText={t("cancelRun")}
              onConfirm={() => cancel.mutateAsync({ runId: run.id })}
            />
          )}
        </>
      )}
    </div>
  );
}

function VerdictCell({ run: { verdict, selection, status } }: { run: Run }) {
  const { t } = useTranslation("evaluations");
  if (verdict !== null) return <VerdictBadge outcome={verdict.outcome} />;
  if (selection !== null) return <span className="text-sm text-ink-soft">{t("partNoVerdict")}</span>;
  return <span className="text-sm text-ink-soft">{status === "completed" ? t("noGate") : "–"}</span>;
}

import type { Run } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Card } from "../components/card.tsx";
import { ProgressBar } from "../components/progress-bar.tsx";
import { useFormat } from "../i18n/format.ts";
import { PowerWords } from "./power-words.tsx";
import { QueuePlace } from "./queue-place.tsx";
import { isActive, RunStatus } from "./run-status.tsx";

const EVERY_MS = 2_000;

/** A run that is under way: how far it is, what it waits for, and what it will be able to show. */
export function LiveProgress({ run, isLost }: { run: Run; isLost: boolean }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const { done, total } = run.progress;
  const counts = { done: format.integer(done), total: format.integer(total) };
  return (
    <Card title={t("underWay")}>
      <div className="flex flex-col gap-3">
        <div role="status" className="flex flex-wrap items-center gap-3">
          <RunStatus run={run} />
          <span className="tabular">{t("answersDone", counts)}</span>
          {isLost && <span className="text-warn">{t("connectionLost")}</span>}
        </div>
        <ProgressBar label={t("progress")} done={done} total={total} />
        {run.status === "queued" && <QueuePlace run={run} />}
        {run.status === "running" && done === 0 && <p className="text-ink-soft">{t("queue.firstAnswer")}</p>}
        {run.baselineRunId !== null && <Baseline runId={run.baselineRunId} />}
        {run.power !== null && <PowerWords power={run.power} />}
      </div>
    </Card>
  );
}

/** The version in use is measured first, when it was not on these cases. */
function Baseline({ runId }: { runId: string }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const { data } = useRead("getRun", { runId }, { everyMs: EVERY_MS });
  if (data === undefined || !isActive(data)) return null;
  const { done, total } = data.progress;
  const counts = { done: format.integer(done), total: format.integer(total) };
  return (
    <div className="flex flex-col gap-1">
      <p className="text-ink-soft">{t("measuringIncumbent", { version: data.promptVersion, ...counts })}</p>
      <ProgressBar label={t("incumbentProgress")} done={done} total={total} />
    </div>
  );
}

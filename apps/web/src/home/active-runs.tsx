import type { Run } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ProgressBar } from "../components/progress-bar.tsx";
import { useFormat } from "../i18n/format.ts";

/** Evaluations that wait or go on, with their progress. */
export function ActiveRuns({ runs }: { runs: readonly Run[] }) {
  const { t } = useTranslation("home");
  if (runs.length === 0) return null;
  return (
    <Card title={t("running.title")}>
      <ul className="grid gap-3 lg:grid-cols-2">
        {runs.map((run) => (
          <li key={run.id} className="min-w-0">
            <RunProgress run={run} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function RunProgress({ run }: { run: Run }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const { done, total } = run.progress;
  const name = t("running.name", { prompt: run.prompt, version: run.promptVersion, suite: run.suite });
  const state =
    run.status === "queued"
      ? t("running.queued")
      : t("running.done", { done: format.integer(done), total: format.integer(total) });
  return (
    <>
      <div className="mb-1 flex flex-wrap justify-between gap-x-3">
        <PlaceLink path={`/evaluations/${run.id}`}>
          <Bdi>{name}</Bdi>
        </PlaceLink>
        <span className="tabular text-sm text-ink-soft">{state}</span>
      </div>
      <ProgressBar label={name} done={done} total={total} />
    </>
  );
}

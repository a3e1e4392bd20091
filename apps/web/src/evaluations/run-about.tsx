import type { Run } from "@assay/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../components/card.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { useFormat } from "../i18n/format.ts";
import { PowerWords } from "./power-words.tsx";

const HASHES = ["promptVersion", "model", "adapter", "dataset", "suite", "scorers", "judges"] as const;

/** What a run was of and how it was carried out: what makes it evidence. */
export function RunAbout({ run }: { run: Run }) {
  const { t } = useTranslation("evaluations");
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Card title={t("howItWasRun")}>
        <HowItWasRun run={run} />
      </Card>
      <Card title={t("evidence")}>
        <p className="mb-3 text-ink-soft">{t("evidenceText")}</p>
        <Rows>
          {HASHES.map((name) => (
            <Row key={name} name={t(`hash.${name}`)}>
              <code className="text-sm break-all">{run.hashes[name] ?? "–"}</code>
            </Row>
          ))}
          <Row name={t("hash.engineBuild")}>
            <code className="text-sm break-all">{run.hashes.engineBuild}</code>
          </Row>
        </Rows>
      </Card>
    </div>
  );
}

function HowItWasRun({ run }: { run: Run }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const { progress, finishedAt, budgetMicros, baselineRunId, rescoreOf } = run;
  const yesNo = (value: boolean) => (value ? t("yes") : t("no"));
  return (
    <Rows>
      <Row name={t("started")}>{format.dateTime(run.createdAt)}</Row>
      <Row name={t("finished")}>{finishedAt === null ? "–" : format.dateTime(finishedAt)}</Row>
      <Row name={t("answers")}>
        {format.integer(progress.done)} / {format.integer(progress.total)}
      </Row>
      <Row name={t("reused")}>{format.integer(run.reused)}</Row>
      <Row name={t("spent")}>{format.cost(run.spentMicros)}</Row>
      <Row name={t("budget")}>{budgetMicros === null ? t("noBudget") : format.cost(budgetMicros)}</Row>
      <Row name={t("stoppedEarly")}>{yesNo(run.stoppedEarly)}</Row>
      {run.selection !== null && (
        <Row name={t("selection")}>
          <code className="text-sm break-all">{JSON.stringify(run.selection)}</code>
        </Row>
      )}
      {baselineRunId !== null && (
        <Row name={t("comparedWith")}>
          <PlaceLink path={`/evaluations/${baselineRunId}`}>{t("runOfInUse")}</PlaceLink>
        </Row>
      )}
      {rescoreOf !== null && (
        <Row name={t("scoredAgainOf")}>
          <PlaceLink path={`/evaluations/${rescoreOf}`}>{t("earlierRun")}</PlaceLink>
        </Row>
      )}
      <Row name={t("power.title")}>
        {run.power === null ? t("power.unknown") : <PowerWords power={run.power} />}
      </Row>
      <Row name={t("runId")}>
        <code className="text-sm break-all">{run.id}</code>
      </Row>
    </Rows>
  );
}

function Rows({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[11rem_1fr]">{children}</dl>;
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="tabular mb-1 min-w-0 sm:mb-0">{children}</dd>
    </>
  );
}

import type { Promotion } from "@assay/core";
import { FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ProgressBar } from "../components/progress-bar.tsx";
import { useFormat } from "../i18n/format.ts";
import { EvidenceHashes } from "./evidence-hashes.tsx";
import { StartEvaluation } from "./start-evaluation.tsx";

/** The evaluation that the verdict rests on; where there is none, why, and the way to one. */
export function EvidencePart({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation("promotion");
  const { evidence, activeRun } = promotion;
  return (
    <section aria-label={t("evidence.label")} className="rounded-lg bg-raised px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <FlaskConical className="size-4.5 text-ink-soft" aria-hidden />
        <h3 className="font-medium">{t("evidence.label")}</h3>
        <Badge tone={evidence === null ? "bad" : "good"}>
          {t(evidence === null ? "evidence.missing" : "evidence.current")}
        </Badge>
      </div>
      {evidence === null ? (
        <Missing promotion={promotion} />
      ) : (
        <Current promotion={promotion} evidence={evidence} />
      )}
      {activeRun !== null && <Watch run={activeRun} />}
    </section>
  );
}

function Current({
  promotion,
  evidence,
}: {
  promotion: Promotion;
  evidence: NonNullable<Promotion["evidence"]>;
}) {
  const { t } = useTranslation("promotion");
  const format = useFormat();
  const { incumbent, version } = promotion;
  return (
    <div className="mt-1 text-ink-soft">
      <p>
        {t("evidence.measured", { when: format.dateTime(evidence.finishedAt), version })}{" "}
        <PlaceLink path={`/evaluations/${evidence.runId}`}>{t("evidence.open")}</PlaceLink>
      </p>
      {incumbent?.runId != null && (
        <p>
          {t("evidence.against", { version: incumbent.version })}{" "}
          <PlaceLink path="/evaluations/compare" search={{ runs: `${incumbent.runId},${evidence.runId}` }}>
            {t("evidence.compare")}
          </PlaceLink>
        </p>
      )}
      <EvidenceHashes hashes={evidence.hashes} />
    </div>
  );
}

function Missing({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation("promotion");
  const { outdated, activeRun, version, gate, verdict } = promotion;
  const message = verdict?.clauses.find(({ clause }) => clause === "evidence")?.message ?? "";
  const changed = outdated?.changed.map((name) => t(`changed.${name}`)).join(", ") ?? "";
  return (
    <div className="mt-1 flex flex-col items-start gap-2">
      <p className="text-ink-soft">
        {outdated === null || changed === ""
          ? t("evidence.never", { version, suite: gate?.suite })
          : t("evidence.outdated", { changed })}
      </p>
      <details className="text-sm text-ink-soft">
        <summary className="w-fit cursor-pointer">{t("evidence.exactly")}</summary>
        <Bdi lang="en" className="foreign-text block">
          {[message, ...(outdated?.reasons ?? [])].join("\n")}
        </Bdi>
      </details>
      {activeRun === null && gate !== null && <StartEvaluation gate={gate} version={version} />}
    </div>
  );
}

function Watch({ run }: { run: NonNullable<Promotion["activeRun"]> }) {
  const { t } = useTranslation("promotion");
  const format = useFormat();
  const { done, total } = run.progress;
  const text =
    run.status === "queued"
      ? t(run.baselineRunId === null ? "evidence.queued" : "evidence.baselineFirst")
      : t("evidence.running", { done: format.integer(done), total: format.integer(total) });
  return (
    <div className="mt-2 flex flex-col gap-1">
      <p className="flex flex-wrap justify-between gap-2 text-sm">
        <span role="status">{text}</span>
        <PlaceLink path={`/evaluations/${run.id}`}>{t("evidence.watch")}</PlaceLink>
      </p>
      <ProgressBar label={t("evidence.progress")} done={done} total={total} />
    </div>
  );
}

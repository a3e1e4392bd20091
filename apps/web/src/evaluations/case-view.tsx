import type { Json, Run, RunCase, RunResult } from "@assay/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { SelectField } from "../components/field.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { MessageList } from "../components/message-list.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { ToolCallList } from "../components/tool-call-list.tsx";
import { useFormat } from "../i18n/format.ts";
import { AnswerDiff } from "./answer-diff.tsx";
import { MetricList } from "./metric-list.tsx";
import { OutcomeBadge } from "./results-table.tsx";

/** What was asked, answered, expected and scored, and what the version in use answered. */
export function CaseView({ run, found }: { run: Run; found: RunCase }) {
  const { t } = useTranslation("evaluations");
  const [repeat, setRepeat] = useState(0);
  const result = found.results[repeat] ?? found.results[0];
  const { against } = found;
  const other = against?.results[repeat] ?? against?.results[0];
  return (
    <div className="flex flex-col gap-5">
      {found.results.length > 1 && (
        <SelectField
          label={t("whichRepeat")}
          value={String(repeat)}
          onChange={({ target }) => setRepeat(Number(target.value))}
          options={found.results.map((each, index) => ({
            value: String(index),
            text: t("repeat", { number: each.repeat + 1 }),
          }))}
        />
      )}
      {found.hasMoreRepeats && <p className="text-sm text-ink-soft">{t("moreRepeats")}</p>}
      {result === undefined ? (
        <p className="text-ink-soft">{t("notYetRun")}</p>
      ) : (
        <Answered result={result} expected={found.case.expected} />
      )}
      {against !== null && other !== undefined && (
        <Section
          title={t("answerOf", { prompt: against.prompt, version: against.promptVersion })}
          aside={<OutcomeBadge outcome={other.outcome} />}
        >
          <AnswerText result={other} />
        </Section>
      )}
      <Section title={t("asked")}>
        {found.messages === null ? (
          <ForeignText text={found.problem ?? ""} className="text-bad" />
        ) : (
          <MessageList messages={found.messages} />
        )}
      </Section>
      <Inputs found={found} />
      <p>
        <PlaceLink
          path="/playground"
          search={{
            prompt: run.prompt,
            columns: String(run.promptVersion),
            dataset: run.dataset,
            version: run.datasetVersion,
            case: found.case.key,
          }}
        >
          {t("toPlayground")}
        </PlaceLink>
      </p>
    </div>
  );
}

function Answered({ result, expected }: { result: RunResult; expected: Json | undefined }) {
  const { t } = useTranslation("evaluations");
  const { outcome } = result;
  return (
    <>
      <Section title={t("answer")} aside={<OutcomeBadge outcome={outcome} />}>
        {outcome.status === "failed" || expected === undefined ? (
          <AnswerText result={result} />
        ) : (
          <AnswerDiff output={outcome.output} expected={expected} />
        )}
        {outcome.status !== "failed" && <ToolCallList calls={outcome.toolCalls ?? []} />}
        <Used result={result} />
      </Section>
      {outcome.status !== "failed" && (
        <Section title={t("scores")}>
          {outcome.status === "not_scored" && <ForeignText text={outcome.reason} className="mb-2 text-bad" />}
          <MetricList metrics={outcome.metrics} />
        </Section>
      )}
    </>
  );
}

function AnswerText({ result: { outcome } }: { result: RunResult }) {
  if (outcome.status === "failed") {
    return <ForeignText text={`${outcome.failure.code}: ${outcome.failure.message}`} className="text-bad" />;
  }
  return <ForeignText text={outcome.output} className="rounded-lg bg-raised p-3 font-mono text-sm" />;
}

function Used({ result }: { result: RunResult }) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  const { latencyMs, promptTokens, completionTokens, costMicros, reused } = result;
  const parts = [
    latencyMs === null ? null : format.duration(latencyMs),
    promptTokens === null || completionTokens === null
      ? null
      : t("tokensInOut", { in: format.integer(promptTokens), out: format.integer(completionTokens) }),
    costMicros === null ? null : format.cost(costMicros),
    reused ? t("reusedAnswer") : null,
  ];
  return <p className="mt-2 text-sm text-ink-soft">{parts.filter((part) => part !== null).join(" · ")}</p>;
}

function Inputs({ found }: { found: RunCase }) {
  const { t } = useTranslation("evaluations");
  const { variables, tags, group } = found.case;
  return (
    <Section title={t("inputs")}>
      {variables !== undefined && (
        <ForeignText
          text={JSON.stringify(variables, null, 2)}
          className="rounded-lg bg-raised p-3 font-mono text-sm"
        />
      )}
      <p className="mt-2 text-sm text-ink-soft [overflow-wrap:anywhere]">
        {t("tags")}: <Bdi>{tags.length === 0 ? "–" : tags.join(", ")}</Bdi>
        {group !== undefined && ` · ${t("group")}: ${group}`}
      </p>
    </Section>
  );
}

function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 flex flex-wrap items-center gap-2 font-semibold">
        {title} {aside}
      </h3>
      {children}
    </section>
  );
}

import type { MetricScore } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Bdi } from "../components/bdi.tsx";
import { Dialog } from "../components/dialog.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MessageList } from "../components/message-list.tsx";
import { ToolCallList } from "../components/tool-call-list.tsx";
import { useFormat } from "../i18n/format.ts";
import { AnswerFacts } from "./answer-facts.tsx";
import { OutcomeBadge } from "./cell-summary.tsx";
import { type CaseRuns, cellKey } from "./use-case-runs.ts";

interface CellDrawerProps {
  at: { dataset: string; version: number; key: string };
  columnKey: string;
  title: string;
  runs: CaseRuns;
  onClose: () => void;
}

/** One case in one column, whole: what went in, what was expected, what came out and how it was scored. */
export function CellDrawer({ at, columnKey, title, runs, onClose }: CellDrawerProps) {
  const { t } = useTranslation("playground");
  const found = useRead("getCase", at);
  const cell = runs.cells.get(cellKey(columnKey, at.key));
  return (
    <Dialog isOpen onClose={onClose} shape="drawer" title={title} description={<code>{at.key}</code>}>
      <div className="flex flex-col gap-5">
        {cell !== undefined && (
          <section>
            <h3 className="mb-1.5 flex items-center gap-2 font-semibold">
              {t("answer")} {cell.outcome !== null && <OutcomeBadge outcome={cell.outcome} />}
            </h3>
            <ForeignText text={cell.answer.text} className="rounded-lg border border-line p-3" />
            <ToolCallList calls={cell.answer.toolCalls} />
            <ErrorNotice error={cell.answer.error ?? cell.scoringError} />
            <AnswerFacts answer={cell.answer} />
          </section>
        )}
        <Loaded from={found}>
          {({ case: testCase }) => (
            <>
              <TextPart title={t("expected")} value={testCase.expected} />
              <TextPart title={t("variables")} value={testCase.variables} />
              {testCase.messages !== undefined && <MessageList messages={testCase.messages} />}
            </>
          )}
        </Loaded>
        {cell?.outcome != null && cell.outcome.status !== "failed" && (
          <MetricList metrics={cell.outcome.metrics} />
        )}
      </div>
    </Dialog>
  );
}

function TextPart({ title, value }: { title: string; value: unknown }) {
  if (value === undefined) return null;
  return (
    <section>
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      <ForeignText
        text={typeof value === "string" ? value : JSON.stringify(value, null, 2)}
        className="rounded-lg border border-line p-3"
      />
    </section>
  );
}

function MetricList({ metrics }: { metrics: readonly MetricScore[] }) {
  const { t } = useTranslation("playground");
  const format = useFormat();
  return (
    <section>
      <h3 className="mb-1.5 font-semibold">{t("scores")}</h3>
      <ul className="flex flex-col gap-2">
        {metrics.map(({ name, outcome }) => (
          <li key={name} className="rounded-lg border border-line p-2.5">
            <p className="flex justify-between gap-3">
              <Bdi className="font-medium break-all">{name}</Bdi>
              <span className="tabular">
                {outcome.status === "scored" ? format.score(outcome.score) : t("notScored")}
              </span>
            </p>
            <ForeignText
              className="text-sm text-ink-soft"
              text={(outcome.status === "scored" ? outcome.detail : outcome.reason) ?? ""}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

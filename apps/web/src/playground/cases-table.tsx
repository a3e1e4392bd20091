import type { CaseRow } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { Table, type Column as TableColumn } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { type CellRun, tallyOf } from "./case-run.ts";
import { CellSummary } from "./cell-summary.tsx";
import { type Column, isDraft, versionOf } from "./column.ts";
import { columnName } from "./column-name.ts";
import { type CaseRuns, cellKey } from "./use-case-runs.ts";

interface CasesTableProps {
  rows: readonly CaseRow[];
  columns: readonly { column: Column; key: string }[];
  runs: CaseRuns;
  hasSuite: boolean;
  onOpen: (column: number, caseKey: string) => void;
}

/** Cases down, columns across. */
export function CasesTable({ rows, columns, runs, hasSuite, onOpen }: CasesTableProps) {
  const { t } = useTranslation("playground");
  const own: TableColumn<CaseRow>[] = columns.map(({ column, key }, index) => ({
    key,
    title: (
      <ColumnTitle
        column={column}
        hasSuite={hasSuite}
        runs={rows.flatMap((row) => runs.cells.get(cellKey(key, row.key)) ?? [])}
      />
    ),
    className: "min-w-56",
    cell: (row) => (
      <CellSummary cell={runs.cells.get(cellKey(key, row.key))} onOpen={() => onOpen(index, row.key)} />
    ),
  }));
  return (
    <Table
      caption={t("manyCases")}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          key: "case",
          title: t("case"),
          className: "max-w-72 min-w-44",
          cell: ({ key, input, expected }) => (
            <div className="flex flex-col gap-1">
              <code className="text-xs break-all text-ink-soft">
                <Bdi>{key}</Bdi>
              </code>
              <Bdi className="line-clamp-3 [overflow-wrap:anywhere]">{input}</Bdi>
              {expected !== null && (
                <Bdi className="line-clamp-2 text-sm text-ink-soft [overflow-wrap:anywhere]">
                  {`→\u00a0${expected}`}
                </Bdi>
              )}
            </div>
          ),
        },
        ...own,
      ]}
    />
  );
}

function ColumnTitle({
  column,
  runs,
  hasSuite,
}: {
  column: Column;
  runs: readonly CellRun[];
  hasSuite: boolean;
}) {
  const { t } = useTranslation("playground");
  const format = useFormat();
  const { answered, failed, scored, passed, meanScore } = tallyOf(runs);
  return (
    <div className="flex flex-col">
      <Bdi className="font-semibold break-all text-ink">
        {isDraft(column) || versionOf(column) === undefined
          ? columnName(column, t)
          : t("version", { version: column.at })}
      </Bdi>
      <span role="status" className="font-normal">
        {answered > 0 && t("answeredCases", { count: answered })}
        {failed > 0 && ` · ${t("failedCases", { count: failed })}`}
        {hasSuite &&
          meanScore !== null &&
          ` · ${t("passedOf", { passed, scored, score: format.score(meanScore) })}`}
        {hasSuite && answered > scored && ` · ${t("unscoredCases", { count: answered - scored })}`}
      </span>
    </div>
  );
}

import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { CasesChooser } from "./cases-chooser.tsx";
import { CasesTable } from "./cases-table.tsx";
import { CellDrawer } from "./cell-drawer.tsx";
import { isPlain } from "./column.ts";
import { columnKeys } from "./column-keys.ts";
import { columnName } from "./column-name.ts";
import { ColumnPicker } from "./column-picker.tsx";
import type { ColumnsProps } from "./columns-props.ts";
import type { SearchChange } from "./playground-page.tsx";
import type { PlaygroundSearch } from "./playground-search.ts";
import { RunBar } from "./run-bar.tsx";
import { useCaseRuns } from "./use-case-runs.ts";
import { useChosenCases } from "./use-chosen-cases.ts";
import { useRunKeys } from "./use-run-keys.ts";
import { useSearchWithCases } from "./use-search-with-cases.ts";

interface CasesViewProps extends ColumnsProps {
  search: PlaygroundSearch;
  onChange: SearchChange;
}

/** Some cases of a dataset put to every column at once: a look that shows where to look closer. */
export function CasesView({ search: address, onChange, ...props }: CasesViewProps) {
  const { t } = useTranslation("playground");
  const { prompt, columns } = props;
  const search = useSearchWithCases(prompt, address);
  const runs = useCaseRuns();
  const [open, setOpen] = useState<{ column: number; caseKey: string } | null>(null);
  const { dataset, suite } = search;
  const { version, cases, isEmpty } = useChosenCases(search);
  const askable = useAskable(props);
  const columnKey = columnKeys(columns);
  const rows = cases.data?.items ?? [];
  const start = () => {
    const keys = rows.map(({ key }) => key);
    if (dataset !== undefined && version !== null)
      runs.start({ cases: { dataset, version, keys }, columns: askable, suite });
  };
  const canRun = rows.length > 0 && askable.length > 0 && !runs.isRunning;
  const keys = { run: canRun ? start : undefined, stop: runs.isRunning ? runs.stop : undefined };
  useRunKeys(keys);
  return (
    <div className="flex flex-col gap-4">
      <CasesChooser {...{ prompt, search, version, onChange }} />
      <ColumnPickers {...props} />
      <RunBar runText={t("runCases", { count: rows.length * askable.length })} {...keys}>
        <OnlyALook />
      </RunBar>
      {dataset === undefined || isEmpty ? (
        <EmptyState title={t("noDataset")}>{t("noDatasetText")}</EmptyState>
      ) : (
        <Loaded from={cases}>
          {() => (
            <CasesTable
              rows={rows}
              columns={columns.map((column, index) => ({ column, key: columnKey[index] ?? "" }))}
              runs={runs}
              hasSuite={suite !== undefined}
              onOpen={(column, caseKey) => setOpen({ column, caseKey })}
            />
          )}
        </Loaded>
      )}
      {open !== null && dataset !== undefined && version !== null && (
        <CellDrawer
          at={{ dataset, version, key: open.caseKey }}
          columnKey={columnKey[open.column] ?? ""}
          title={columnName(columns[open.column] ?? { at: "" }, t)}
          runs={runs}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

/** The columns that can be asked by this person now. */
function useAskable({ prompt, columns, contents }: ColumnsProps) {
  const mayEdit = useMay("edit");
  const keys = columnKeys(columns);
  return columns.flatMap((column, index) => {
    const [content, key] = [contents[index]?.content, keys[index]];
    if (content === undefined || key === undefined || !(isPlain(column) || mayEdit)) return [];
    return [{ key, asked: { prompt, column, content } }];
  });
}

function ColumnPickers({ columns, contents, onColumns, ...props }: ColumnsProps) {
  const keys = columnKeys(columns);
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-3">
      {columns.map((column, index) => (
        <div key={keys[index]} className="rounded-xl border border-line bg-surface p-3">
          <ColumnPicker
            {...props}
            column={column}
            content={contents[index]}
            onColumn={(next) => onColumns(columns.with(index, next))}
          />
        </div>
      ))}
    </div>
  );
}

function OnlyALook() {
  const { t } = useTranslation("playground");
  const { slug } = useTenant();
  return (
    <p className="text-sm text-ink-soft">
      {t("onlyALook")}{" "}
      <Link to={`/t/${slug}/evaluations` as "/"} className="text-accent underline">
        {t("toEvaluations")}
      </Link>
    </p>
  );
}

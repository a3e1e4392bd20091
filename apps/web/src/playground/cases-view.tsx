import { Link } from "@tanstack/react-router";
import { Play, Square } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { useMay, useTenant } from "../shell/use-tenant.ts";
import { CasesChooser } from "./cases-chooser.tsx";
import { CasesTable } from "./cases-table.tsx";
import { CellDrawer } from "./cell-drawer.tsx";
import { isPlain } from "./column.ts";
import { columnKeys } from "./column-keys.ts";
import { ColumnPicker } from "./column-picker.tsx";
import type { ColumnsProps } from "./columns-props.ts";
import type { SearchChange } from "./playground-page.tsx";
import type { PlaygroundSearch } from "./playground-search.ts";
import { useCaseRuns } from "./use-case-runs.ts";
import { useRunKeys } from "./use-run-keys.ts";

const COUNT_DEFAULT = 20;

interface CasesViewProps extends ColumnsProps {
  search: PlaygroundSearch;
  onChange: SearchChange;
}

/** Some cases of a dataset put to every column at once: a look that shows where to look closer. */
export function CasesView({ search, onChange, ...props }: CasesViewProps) {
  const { t } = useTranslation("playground");
  const { slug } = useTenant();
  const mayEdit = useMay("edit");
  const { prompt, columns, contents } = props;
  const runs = useCaseRuns();
  const [open, setOpen] = useState<{ column: number; caseKey: string } | null>(null);
  const dataset = search.dataset;
  const about = useRead("getDataset", { dataset: dataset ?? "" }, { isEnabled: dataset !== undefined });
  const version = about.data?.latestVersion ?? null;
  const cases = useRead(
    "listCaseWindow",
    {
      dataset: dataset ?? "",
      version: version ?? 1,
      limit: search.count ?? COUNT_DEFAULT,
      ...(search.tag !== undefined && { tag: search.tag }),
    },
    { isEnabled: dataset !== undefined && version !== null },
  );
  const keys = columnKeys(columns);
  const askable = columns.flatMap((column, index) => {
    const [content, key] = [contents[index]?.content, keys[index]];
    const may = isPlain(column) || mayEdit;
    return content === undefined || key === undefined || !may ? [] : [{ key, asked: { prompt, column, content } }];
  });
  const rows = cases.data?.items ?? [];
  const canRun = rows.length > 0 && askable.length > 0 && !runs.isRunning;
  const run = () => {
    if (!canRun || dataset === undefined || version === null) return;
    const what = { dataset, version, keys: rows.map(({ key }) => key) };
    runs.start({ cases: what, columns: askable, suite: search.suite });
  };
  useRunKeys({ run, stop: runs.isRunning ? runs.stop : undefined });
  return (
    <div className="flex flex-col gap-4">
      <CasesChooser prompt={prompt} search={search} version={version} onChange={onChange} />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] gap-3">
        {columns.map((column, index) => (
          <div key={keys[index]} className="rounded-xl border border-line bg-surface p-3">
            <ColumnPicker
              {...props}
              column={column}
              content={contents[index]}
              onColumn={(next) => props.onColumns(columns.with(index, next))}
            />
          </div>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" icon={<Play className="size-4" aria-hidden />} disabled={!canRun} onClick={run}>
          {t("runCases", { count: rows.length * askable.length })}
        </Button>
        <Button
          icon={<Square className="size-4" aria-hidden />}
          disabled={!runs.isRunning}
          onClick={runs.stop}
        >
          {t("stopAll")}
        </Button>
        <p className="text-sm text-ink-soft">
          {t("onlyALook")}{" "}
          <Link to={`/t/${slug}/evaluations` as "/"} className="text-accent underline">
            {t("toEvaluations")}
          </Link>
        </p>
      </div>
      {dataset === undefined ? (
        <EmptyState title={t("noDataset")}>{t("noDatasetText")}</EmptyState>
      ) : (
        <Loaded from={cases}>
          {() => (
            <CasesTable
              rows={rows}
              columns={columns.map((column, index) => ({ column, key: keys[index] ?? "" }))}
              runs={runs}
              hasSuite={search.suite !== undefined}
              onOpen={(column, caseKey) => setOpen({ column, caseKey })}
            />
          )}
        </Loaded>
      )}
      {open !== null && dataset !== undefined && version !== null && (
        <CellDrawer
          at={{ dataset, version, key: open.caseKey }}
          columnKey={keys[open.column] ?? ""}
          title={columns[open.column]?.at ?? ""}
          runs={runs}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

import { createLazyRoute } from "@tanstack/react-router";
import { FolderInput, Settings2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { AddCasesDialog } from "./add-cases-dialog.tsx";
import { NoTraces } from "./no-traces.tsx";
import { TraceDrawer } from "./trace-drawer.tsx";
import { TraceFilters } from "./trace-filters.tsx";
import { traceQuery } from "./trace-search.ts";
import { TraceSettingsDialog } from "./trace-settings-dialog.tsx";
import { TracesTable } from "./traces-table.tsx";
import { useTraceFilter } from "./use-trace-filter.ts";

export const route = createLazyRoute("/person/t/$tenant/traces")({ component: TracesPage });

const EVERY_MS = 10_000;

function TracesPage() {
  const { t } = useTranslation("traces");
  const search = route.useSearch();
  const change = useTraceFilter(search);
  const [open, setOpen] = useState<"settings" | "cases" | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const traces = useList("listTraces", traceQuery(search), { everyMs: EVERY_MS });
  const mayEdit = useMay("edit");
  const addCases = (ids: ReadonlySet<string>) => {
    setChosen(ids);
    setOpen("cases");
  };
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      actions={
        <>
          <Button icon={<Settings2 className="size-4" aria-hidden />} onClick={() => setOpen("settings")}>
            {t("settings.title")}
          </Button>
          {mayEdit && (
            <Button
              icon={<FolderInput className="size-4" aria-hidden />}
              disabled={chosen.size === 0}
              onClick={() => setOpen("cases")}
            >
              {chosen.size === 0 ? t("addOneToDataset") : t("addToDataset", { count: chosen.size })}
            </Button>
          )}
        </>
      }
    >
      <TraceFilters search={search} onChange={change} />
      <Loaded from={traces}>
        {(rows) =>
          rows.length === 0 && !traces.hasNextPage ? (
            <NoTraces search={search} onSettings={() => setOpen("settings")} />
          ) : (
            <TracesTable
              rows={rows}
              chosen={chosen}
              onChoose={setChosen}
              onOpen={(trace) => change({ trace })}
            />
          )
        }
      </Loaded>
      <MoreButton of={traces} />
      {search.trace !== undefined && (
        <TraceDrawer
          traceId={search.trace}
          onClose={() => change({ trace: undefined })}
          onAddCase={(id) => addCases(new Set([id]))}
        />
      )}
      {open === "settings" && <TraceSettingsDialog prompt={search.prompt} onClose={() => setOpen(null)} />}
      {open === "cases" && (
        <AddCasesDialog
          traces={[...chosen]}
          onClose={() => setOpen(null)}
          onAdded={() => {
            setOpen(null);
            setChosen(new Set());
          }}
        />
      )}
    </Page>
  );
}

import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { CaseFilters } from "./case-filters.tsx";
import { CaseGrid } from "./case-grid.tsx";
import { DraftBar } from "./draft-bar.tsx";
import { NewCaseDrawer } from "./new-case-drawer.tsx";
import { type OpenCase, OpenedCase } from "./opened-case.tsx";
import type { TabProps } from "./page-props.ts";
import { useFoundCases, type WantedCases } from "./use-case-rows.ts";
import { useDraft } from "./use-draft.ts";
import { useSelection } from "./use-selection.ts";

const NONE: readonly never[] = [];

/** The cases of a version: found, read, and changed in a draft until they are published. */
export function CasesTab({ dataset, search, go }: TabProps) {
  const { t } = useTranslation("datasets");
  const version = search.version ?? dataset.latestVersion;
  const drafting = useDraft(dataset.slug, dataset.latestVersion);
  const [isAdding, setAdding] = useState(false);
  const { wanted, filter, isFiltered } = useWanted(dataset.slug, version, search);
  const found = useFoundCases(wanted);
  const isNewest = version === dataset.latestVersion;
  const isBehind = drafting.draft.base !== dataset.latestVersion;
  const canEdit = useMay("edit") && isNewest && !isBehind && drafting.isLoaded;
  const selection = useSelection(JSON.stringify([version, filter]));
  // A filter is answered by the server, which knows nothing of what is added here.
  const added = isNewest && !isFiltered ? drafting.draft.added : NONE;
  const isEmpty = !isFiltered && !found.isLoading && found.count + added.length === 0;
  const opener = useRef<OpenCase>(null);
  const open = useCallback((key: string) => opener.current?.(key), []);
  const add = useCallback(() => setAdding(true), []);
  return (
    <div className="flex flex-col gap-3">
      <CaseFilters
        key={`${dataset.slug}@${version}`}
        {...{ dataset, version, wanted, go }}
        count={found.count}
        isBusy={found.isEarlier || found.isLoading}
        onAdd={canEdit ? add : undefined}
      />
      <ErrorNotice error={found.error} onRetry={found.retry} />
      <DraftBar dataset={dataset} drafting={drafting} go={go} />
      <BulkBar
        {...{ dataset, version, filter, selection, canEdit }}
        count={found.count}
        onChange={drafting.change}
      />
      {isEmpty ? (
        <EmptyState title={t("noCases")}>{t("noCasesText")}</EmptyState>
      ) : (
        <CaseGrid
          key={JSON.stringify(wanted)}
          {...{ wanted, added, selection, canEdit, drafting }}
          count={found.count}
          first={found.first}
          isEarlier={found.isEarlier}
          onOpen={open}
        />
      )}
      {version !== null && (
        <OpenedCase of={{ dataset: dataset.slug, version }} {...{ opener, drafting, canEdit, go }} />
      )}
      {isAdding && (
        <NewCaseDrawer dataset={dataset.slug} drafting={drafting} onClose={() => setAdding(false)} />
      )}
    </div>
  );
}

/** What the address asks for, the same as long as it asks for the same. */
function useWanted(dataset: string, version: number | null, { q, tag, group, order }: TabProps["search"]) {
  return useMemo(() => {
    const filter = { ...(q && { q }), ...(tag && { tag }), ...(group && { group }) };
    const wanted: WantedCases = { dataset, version, order: order ?? "dataset", ...filter };
    return { wanted, filter, isFiltered: Object.keys(filter).length > 0 };
  }, [dataset, version, q, tag, group, order]);
}

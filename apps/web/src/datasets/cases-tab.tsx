import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/use-tenant.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { CaseDrawer } from "./case-drawer.tsx";
import { CaseFilters } from "./case-filters.tsx";
import { CaseGrid } from "./case-grid.tsx";
import { DraftBar } from "./draft-bar.tsx";
import { NewCaseDrawer } from "./new-case-drawer.tsx";
import type { TabProps } from "./page-props.ts";
import { useCaseRows } from "./use-case-rows.ts";
import { useDraft } from "./use-draft.ts";
import { useSelection } from "./use-selection.ts";

/** The cases of a version: found, read, and changed in a draft until they are published. */
export function CasesTab({ dataset, search, go }: TabProps) {
  const { t } = useTranslation("datasets");
  const { q, tag, group, order = "dataset" } = search;
  const version = search.version ?? dataset.latestVersion;
  const drafting = useDraft(dataset.slug, dataset.latestVersion);
  const [view, setView] = useState({ first: 0, last: 0 });
  const [isAdding, setAdding] = useState(false);
  const filter = { ...(q && { q }), ...(tag && { tag }), ...(group && { group }) };
  const rows = useCaseRows({ dataset: dataset.slug, version, order, ...filter }, view);
  const isNewest = version === dataset.latestVersion;
  const isBehind = drafting.draft.base !== dataset.latestVersion;
  const canEdit = useMay("edit") && isNewest && !isBehind && drafting.isLoaded;
  const selection = useSelection(JSON.stringify([version, filter]));
  const isFiltered = Object.keys(filter).length > 0;
  // A filter is answered by the server, which knows nothing of what is added here.
  const added = isNewest && !isFiltered ? drafting.draft.added : [];
  const isEmpty = !isFiltered && !rows.isLoading && rows.count + added.length === 0;
  return (
    <div className="flex flex-col gap-3">
      <CaseFilters
        key={`${dataset.slug}@${version}`}
        {...{ dataset, version, search, go }}
        count={rows.count}
        isBusy={rows.isEarlier || rows.isLoading}
        onAdd={canEdit ? () => setAdding(true) : undefined}
      />
      <ErrorNotice error={rows.error} onRetry={rows.retry} />
      <DraftBar dataset={dataset} drafting={drafting} go={go} />
      <BulkBar
        {...{ dataset, version, filter, selection, canEdit }}
        count={rows.count}
        onChange={drafting.change}
      />
      {isEmpty ? (
        <EmptyState title={t("noCases")}>{t("noCasesText")}</EmptyState>
      ) : (
        <CaseGrid
          key={JSON.stringify([version, filter, order])}
          {...{ rows, added, selection, canEdit, drafting }}
          at={{ dataset: dataset.slug, version: version ?? 1 }}
          onView={setView}
          onOpen={(key) => go({ case: key })}
        />
      )}
      {search.case !== undefined && version !== null && (
        <CaseDrawer
          key={search.case}
          at={{ dataset: dataset.slug, version, key: search.case }}
          {...{ drafting, canEdit }}
          onClose={() => go({ case: undefined })}
        />
      )}
      {isAdding && (
        <NewCaseDrawer dataset={dataset.slug} drafting={drafting} onClose={() => setAdding(false)} />
      )}
    </div>
  );
}

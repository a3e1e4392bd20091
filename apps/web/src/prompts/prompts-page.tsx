import type { PromptSummary } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { CheckField } from "../components/field.tsx";
import { FilterField } from "../components/filter-field.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { onlySaid } from "../shell/search-value.ts";
import { NewPromptDialog } from "./new-prompt-dialog.tsx";
import { PromptsTable } from "./prompts-table.tsx";

export const route = createLazyRoute("/person/t/$tenant/prompts")({ component: PromptsPage });

function PromptsPage() {
  const { t } = useTranslation("prompts");
  const { search, judges } = route.useSearch();
  const navigate = route.useNavigate();
  const [isAdding, setAdding] = useState(false);
  const prompts = useList(
    "listPromptSummaries",
    onlySaid({ search, judges: judges === true || search !== undefined ? undefined : ("false" as const) }),
  );
  const go = (change: { search?: string | undefined; judges?: boolean | undefined }) =>
    void navigate({ search: onlySaid({ search, judges, ...change }) });
  const newButton = useMay("edit") ? (
    <Button
      look="primary"
      icon={<Plus className="size-4" aria-hidden />}
      onClick={() => setAdding(true)}
      data-action="new-prompt"
    >
      {t("newPrompt")}
    </Button>
  ) : null;
  return (
    <Page title={t("title")} subtitle={t("subtitle")} actions={newButton}>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <FilterField
          label={t("search")}
          isLabelHidden
          type="search"
          placeholder={t("search")}
          className="w-full max-w-md"
          value={search ?? ""}
          onCommit={(text) => go({ search: text || undefined })}
        />
        <CheckField
          label={t("judgesToo")}
          checked={judges === true}
          onChange={({ target }) => go({ judges: target.checked || undefined })}
        />
      </div>
      <Loaded from={prompts}>{(rows) => <Found rows={rows} search={search} newButton={newButton} />}</Loaded>
      <MoreButton of={prompts} />
      {isAdding && <NewPromptDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

function Found({
  rows,
  search,
  newButton,
}: {
  rows: readonly PromptSummary[];
  search: string | undefined;
  newButton: React.ReactNode;
}) {
  const { t } = useTranslation("prompts");
  if (rows.length > 0) return <PromptsTable prompts={rows} />;
  if (search !== undefined) return <EmptyState title={t("noneFound")}>{t("noneFoundText")}</EmptyState>;
  return (
    <EmptyState title={t("noPrompts")} action={newButton}>
      {t("noPromptsText")}
    </EmptyState>
  );
}

import type { ChangeRequest } from "@assay/core";
import { createLazyRoute, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField } from "../components/field.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { PromptField } from "../components/prompt-field.tsx";
import { CHANGE_FILTERS } from "./change-filters.ts";
import { ChangesTable } from "./changes-table.tsx";

export const route = createLazyRoute("/person/t/$tenant/changes")({ component: ChangesPage });

const EVERY_MS = 15_000;

/** Proposals to move labels, and what became of them. */
function ChangesPage() {
  const { t } = useTranslation("promotion");
  const search = route.useSearch();
  const navigate = useNavigate();
  const status = search.status ?? "open";
  const changes = useList(
    "listChanges",
    {
      ...(status !== "all" && { status }),
      ...(search.prompt !== undefined && { prompt: search.prompt }),
    },
    { everyMs: EVERY_MS },
  );
  const filter = (change: object) =>
    void navigate({ to: ".", search: { ...search, ...change }, replace: true });
  return (
    <Page title={t("changes.title")} subtitle={t("changes.subtitle")}>
      <div className="flex flex-wrap gap-4">
        <SelectField
          label={t("changes.status")}
          value={status}
          onChange={(event) => filter({ status: event.target.value })}
          options={CHANGE_FILTERS.map((value) => ({ value, text: t(`changeStatus.${value}`) }))}
        />
        <PromptField
          label={t("changes.prompt")}
          value={search.prompt ?? ""}
          noneText={t("changes.anyPrompt")}
          onChange={(prompt) => filter({ prompt: prompt || undefined })}
        />
      </div>
      <Loaded from={changes}>{(rows) => <Rows rows={rows} />}</Loaded>
      <MoreButton of={changes} />
    </Page>
  );
}

function Rows({ rows }: { rows: readonly ChangeRequest[] }) {
  const { t } = useTranslation("promotion");
  if (rows.length > 0) return <ChangesTable rows={rows} />;
  return (
    <EmptyState title={t("changes.empty")} action={<PlaceLink path="">{t("changes.toHome")}</PlaceLink>}>
      {t("changes.emptyText")}
    </EmptyState>
  );
}

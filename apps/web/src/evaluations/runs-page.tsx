import type { Run } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { GitCompare, Play } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { RunFilters } from "./run-filters.tsx";
import { RunsTable } from "./runs-table.tsx";
import { useCompare } from "./use-compare.ts";

export const route = createLazyRoute("/person/t/$tenant/evaluations")({ component: RunsPage });

const StartRunDialog = lazy(async () => ({
  default: (await import("./start-run-dialog.tsx")).StartRunDialog,
}));
/** A list that is looked at shows what happens meanwhile. */
const EVERY_MS = 3_000;

function RunsPage() {
  const { t } = useTranslation("evaluations");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { start, version, failingIn, ...filter } = search;
  const [chosen, setChosen] = useState<readonly Run[]>([]);
  const runs = useList("listRuns", filter, { everyMs: EVERY_MS });
  const compare = useCompare();
  const mayUse = useMay("use");
  const startButton = mayUse && (
    <Button
      look="primary"
      icon={<Play className="size-4" aria-hidden />}
      onClick={() => void navigate({ search: { ...search, start: "yes" } })}
    >
      {t("start")}
    </Button>
  );
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      actions={
        <>
          <Button
            icon={<GitCompare className="size-4" aria-hidden />}
            disabled={chosen.length < 2}
            title={chosen.length < 2 ? t("compareHint") : undefined}
            onClick={() => void compare(chosen)}
          >
            {t("compareChosen", { count: chosen.length })}
          </Button>
          {startButton}
        </>
      }
    >
      <RunFilters filter={filter} onChange={(next) => void navigate({ search: next, replace: true })} />
      <Loaded from={runs}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("noRuns")} action={startButton}>
              {t("noRunsText")}
            </EmptyState>
          ) : (
            <RunsTable runs={rows} chosen={chosen} onChoose={setChosen} />
          )
        }
      </Loaded>
      <MoreButton of={runs} />
      {start === "yes" && (
        <Suspense fallback={null}>
          <StartRunDialog
            initial={{ suite: filter.suite, prompt: filter.prompt, version, failingIn }}
            onClose={() => void navigate({ search: filter, replace: true })}
          />
        </Suspense>
      )}
    </Page>
  );
}

import type { Suite } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { type Column, Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { NewSuiteDialog } from "./new-suite-dialog.tsx";

export const route = createLazyRoute("/person/t/$tenant/suites")({ component: SuitesPage });

function SuitesPage() {
  const { t } = useTranslation("suites");
  const suites = useList("listSuites", {});
  const mayEdit = useMay("edit");
  const [isMaking, setMaking] = useState(false);
  const make = mayEdit && (
    <Button look="primary" icon={<Plus className="size-4" aria-hidden />} onClick={() => setMaking(true)}>
      {t("newSuite")}
    </Button>
  );
  return (
    <Page title={t("title")} subtitle={t("subtitle")} actions={make}>
      <Loaded from={suites}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("noSuites")} action={make}>
              {t("noSuitesText")}
            </EmptyState>
          ) : (
            <SuitesTable suites={rows} />
          )
        }
      </Loaded>
      <MoreButton of={suites} />
      {isMaking && <NewSuiteDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}

function SuitesTable({ suites }: { suites: readonly Suite[] }) {
  const { t } = useTranslation("suites");
  const format = useFormat();
  const columns: Column<Suite>[] = [
    {
      key: "suite",
      title: t("suite"),
      cell: ({ slug, version }) => (
        <>
          <PlaceLink path={`/suites/${slug}`} className="font-semibold text-accent hover:underline">
            <Bdi>{slug}</Bdi>
          </PlaceLink>{" "}
          <span className="tabular text-ink-soft">{t("versionShort", { version })}</span>
        </>
      ),
    },
    {
      key: "prompt",
      title: t("prompt"),
      cell: ({ spec }) => <PlaceLink path={`/prompts/${spec.prompt}`}>{spec.prompt}</PlaceLink>,
    },
    {
      key: "dataset",
      title: t("dataset"),
      cell: ({ spec }) => <PlaceLink path={`/datasets/${spec.dataset}`}>{spec.dataset}</PlaceLink>,
    },
    {
      key: "scorers",
      title: t("scorers"),
      cell: ({ spec }) => (
        <span className="[overflow-wrap:anywhere]">
          <Bdi>{spec.scorers.map(({ name, type }) => name ?? type).join(", ")}</Bdi>
        </span>
      ),
    },
    {
      key: "gate",
      title: t("gate"),
      cell: ({ spec }) =>
        spec.gate === undefined ? (
          <Badge>{t("noGate")}</Badge>
        ) : (
          <Badge tone="good">{t("gateFor", { label: spec.gate.label })}</Badge>
        ),
    },
    { key: "changed", title: t("changed"), cell: ({ createdAt }) => format.ago(createdAt) },
  ];
  return <Table caption={t("title")} columns={columns} rows={suites} rowKey={({ slug }) => slug} />;
}

import type { Dataset } from "@assay/core";
import { Link, useSearch } from "@tanstack/react-router";
import { Activity, ChevronDown, Download, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchAs } from "../api/tenant-client.ts";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { Button, buttonClass } from "../components/button.tsx";
import { download } from "../components/download.ts";
import { Menu } from "../components/menu.tsx";
import { notify } from "../components/toast.tsx";
import { ImportDialog } from "./import-dialog.tsx";

/** What can be done with a dataset as a whole. */
export function DatasetActions({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation("datasets");
  const tenant = useTenant().slug;
  const [isImporting, setImporting] = useState(false);
  return (
    <>
      {useMay("edit") && (
        <>
          <Link to={`/t/${tenant}/traces` as "/"} className={buttonClass()}>
            <Activity className="size-4" aria-hidden />
            {t("fromTraces")}
          </Link>
          <Button icon={<Upload className="size-4" aria-hidden />} onClick={() => setImporting(true)}>
            {t("import")}
          </Button>
        </>
      )}
      {dataset.latestVersion !== null && <ExportMenu dataset={dataset.slug} newest={dataset.latestVersion} />}
      {isImporting && <ImportDialog dataset={dataset} onClose={() => setImporting(false)} />}
    </>
  );
}

function ExportMenu({ dataset, newest }: { dataset: string; newest: number }) {
  const { t } = useTranslation("datasets");
  const tenant = useTenant().slug;
  const version = useSearch({ strict: false, select: (search) => search.version }) ?? newest;
  const save = async (format: "csv" | "jsonl") => {
    const path = `/api/datasets/${dataset}/versions/${version}/export?format=${format}`;
    try {
      const response = await fetchAs(tenant)(path);
      if (!response.ok) throw new Error(`answered ${response.status}`);
      download(await response.blob(), `${dataset}-v${version}.${format}`);
    } catch {
      notify(t("exportFailed"));
    }
  };
  return (
    <Menu
      label={t("export")}
      trigger={
        <Button icon={<Download className="size-4" aria-hidden />}>
          {t("export")}
          <ChevronDown className="size-4" aria-hidden />
        </Button>
      }
      items={[
        { text: t("exportJsonl"), onSelect: () => void save("jsonl") },
        { text: t("exportCsv"), onSelect: () => void save("csv") },
      ]}
    />
  );
}

import { allPages } from "@assay/client";
import type { ComparedCase } from "@assay/core";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clientOf } from "../api/tenant-client.ts";
import { useTenant } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { download } from "../components/download.ts";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Menu } from "../components/menu.tsx";
import { notify } from "../components/toast.tsx";
import { comparisonCsv } from "./comparison-csv.ts";

/** So many cases a person can still open in a spreadsheet; the API and the CLI have no such bound. */
const CASES_MAX = 20_000;
const PAGE_SIZE = 200;

/** The whole comparison as a file. */
export function ExportComparison({ runs }: { runs: string }) {
  const { t } = useTranslation("evaluations");
  const { slug } = useTenant();
  const [state, setState] = useState<{ isBusy: boolean; error: unknown }>({ isBusy: false, error: null });
  const save = async (kind: "csv" | "json") => {
    setState({ isBusy: true, error: null });
    try {
      const comparison = await clientOf(slug).compareRuns({ runs });
      const { cases, isCut } = await readCases(slug, runs);
      const text = kind === "csv" ? comparisonCsv(comparison, cases) : JSON.stringify({ comparison, cases });
      download(text, `comparison.${kind}`);
      if (isCut) notify(t("exportCut", { count: CASES_MAX }));
      setState({ isBusy: false, error: null });
    } catch (error) {
      setState({ isBusy: false, error });
    }
  };
  return (
    <>
      <Menu
        label={t("export")}
        trigger={
          <Button isBusy={state.isBusy} icon={<Download className="size-4" aria-hidden />}>
            {t("export")}
          </Button>
        }
        items={[
          { text: t("exportCsv"), onSelect: () => void save("csv") },
          { text: t("exportJson"), onSelect: () => void save("json") },
        ]}
      />
      <ErrorNotice error={state.error} />
    </>
  );
}

async function readCases(tenant: string, runs: string): Promise<{ cases: ComparedCase[]; isCut: boolean }> {
  const cases: ComparedCase[] = [];
  const pages = allPages((cursor) =>
    clientOf(tenant).listComparedCases({ runs, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) }),
  );
  for await (const one of pages) {
    if (cases.length === CASES_MAX) return { cases, isCut: true };
    cases.push(one);
  }
  return { cases, isCut: false };
}

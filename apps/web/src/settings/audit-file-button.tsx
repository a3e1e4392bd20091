import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchAs } from "../api/tenant-client.ts";
import { useTenant } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { download } from "../components/download.ts";
import { notify } from "../components/toast.tsx";
import type { auditQuery } from "./audit-search.ts";

/** What the page's filter finds, all of it, as a file for a spreadsheet. */
export function AuditFileButton({ of }: { of: ReturnType<typeof auditQuery> }) {
  const { t } = useTranslation("settings");
  const { slug } = useTenant();
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const response = await fetchAs(slug)(`/api/audit/export?${new URLSearchParams({ ...of })}`);
      if (!response.ok) throw new Error(`answered ${response.status}`);
      download(await response.blob(), `audit-${slug}.csv`);
    } catch {
      notify(t("audit.fileFailed"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<Download className="size-4" aria-hidden />} isBusy={isBusy} onClick={() => void save()}>
      {t("audit.file")}
    </Button>
  );
}

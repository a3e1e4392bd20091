import { createLazyRoute } from "@tanstack/react-router";
import { Plus, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { Loaded } from "../components/loaded.tsx";
import { ModelsTable } from "../components/models-table.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { PriceFields, priceQueryIn } from "../components/price-fields.tsx";
import { UploadDialog } from "../components/upload-dialog.tsx";
import { AdaptersSection } from "./adapters-section.tsx";
import { HostedModelDialog } from "./hosted-model-dialog.tsx";

export const route = createLazyRoute("/person/t/$tenant/models")({ component: ModelsPage });

function ModelsPage() {
  const { t } = useTranslation("models");
  const [open, setOpen] = useState<"hosted" | "file" | null>(null);
  const models = useList("listModels", {});
  const mayEdit = useMay("edit");
  const tenant = useTenant().slug;
  const close = () => setOpen(null);
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      actions={
        mayEdit && (
          <>
            <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => setOpen("hosted")}>
              {t("addHosted")}
            </Button>
            <Button icon={<Upload className="size-4" aria-hidden />} onClick={() => setOpen("file")}>
              {t("addFile")}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <h2 className="text-lg font-semibold">{t("models")}</h2>
        <Loaded from={models}>{(rows) => <ModelsTable models={rows} />}</Loaded>
        <MoreButton of={models} />
      </div>
      <AdaptersSection models={models.data ?? []} />
      {open === "hosted" && <HostedModelDialog onClose={close} />}
      {open === "file" && (
        <UploadDialog
          title={t("addFile")}
          text={t("addFileText")}
          nameLabel={t("name")}
          pathOf={(name, form) => `/api/model-files?slug=${encodeURIComponent(name)}${priceQueryIn(form)}`}
          tenant={tenant}
          changes={[[tenant, "listModels"]]}
          onClose={close}
        >
          <PriceFields />
        </UploadDialog>
      )}
    </Page>
  );
}

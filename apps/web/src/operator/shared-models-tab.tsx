import type { Model } from "@assay/core";
import { Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Loaded } from "../components/loaded.tsx";
import { ModelsTable } from "../components/models-table.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { PriceFields, priceQueryIn } from "../components/price-fields.tsx";
import { UploadDialog } from "../components/upload-dialog.tsx";
import { OPERATOR_KEY, useOperatorList } from "./use-operator-api.ts";

export function SharedModelsTab() {
  const { t } = useTranslation("operator");
  const [isUploading, setUploading] = useState(false);
  const models = useOperatorList("listSharedModels", {});
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-ink-soft">{t("modelsText")}</p>
        <Button
          look="primary"
          icon={<Upload className="size-4" aria-hidden />}
          onClick={() => setUploading(true)}
        >
          {t("uploadModel")}
        </Button>
      </div>
      <Loaded from={models}>{(rows: readonly Model[]) => <ModelsTable models={rows} />}</Loaded>
      <MoreButton of={models} />
      {isUploading && (
        <UploadDialog
          title={t("uploadModel")}
          text={t("uploadModelText")}
          nameLabel={t("modelName")}
          pathOf={(name, form) => `/api/shared-models?slug=${encodeURIComponent(name)}${priceQueryIn(form)}`}
          tenant={undefined}
          changes={[[OPERATOR_KEY, "listSharedModels"]]}
          onClose={() => setUploading(false)}
        >
          <PriceFields />
        </UploadDialog>
      )}
    </div>
  );
}

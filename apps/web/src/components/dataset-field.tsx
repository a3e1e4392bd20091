import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAll, useWrite } from "../api/use-api.ts";
import { Button } from "./button.tsx";
import { ErrorNotice } from "./error-notice.tsx";
import { SelectField } from "./field.tsx";
import { SlugField } from "./slug-field.tsx";

/** Chooses a dataset; makes one on the spot where there is none that fits. */
export function DatasetField({
  value,
  onChange,
  isRequired = false,
}: {
  value: string;
  onChange: (slug: string) => void;
  isRequired?: boolean;
}) {
  const { t } = useTranslation("shell");
  const datasets = useAll("listDatasets", {});
  const create = useWrite("createDataset", ["listDatasets"]);
  const [name, setName] = useState<string | null>(null);
  const make = async () => {
    const { slug } = await create.mutateAsync({ slug: name ?? "" });
    setName(null);
    onChange(slug);
  };
  if (name !== null) {
    return (
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-end gap-2">
          <SlugField
            className="min-w-48 flex-1"
            label={t("newDataset")}
            isRequired={false}
            onChange={setName}
          />
          <Button
            look="primary"
            disabled={name === ""}
            isBusy={create.isPending}
            onClick={() => void make().catch(() => undefined)}
          >
            {t("create")}
          </Button>
          <Button onClick={() => setName(null)}>{t("cancel")}</Button>
        </div>
        <ErrorNotice error={create.error} />
      </div>
    );
  }
  const known = (datasets.data ?? []).map(({ slug }) => ({ value: slug, text: slug }));
  return (
    <div className="flex flex-wrap items-end gap-2">
      <SelectField
        className="min-w-48 flex-1"
        label={t("dataset")}
        required={isRequired}
        value={value}
        options={[{ value: "", text: t("chooseOne") }, ...known]}
        onChange={(event) => onChange(event.target.value)}
      />
      <Button onClick={() => setName("")}>{t("newDataset")}</Button>
    </div>
  );
}

import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { TextArea } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { SlugField } from "../components/slug-field.tsx";

export function CreateDatasetDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("datasets");
  const tenant = useTenant().slug;
  const navigate = useNavigate();
  const create = useWrite("createDataset", ["listDatasets"]);
  const submit = async (form: FormData) => {
    const slug = textIn(form, "slug") ?? "";
    const description = textIn(form, "description");
    await create.mutateAsync({ slug, ...(description !== undefined && { description }) });
    await navigate({ to: "/t/$tenant/datasets/$dataset", params: { tenant, dataset: slug } });
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("create")}
      description={t("createText")}
      submitText={t("create")}
      onSubmit={submit}
    >
      <SlugField label={t("name")} hint={t("nameHint")} />
      <TextArea name="description" label={t("description")} hint={t("descriptionHint")} />
    </FormDialog>
  );
}

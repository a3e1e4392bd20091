import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { TextArea } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { SlugField } from "../components/slug-field.tsx";

/** Names a prompt and goes to write its first version. */
export function NewPromptDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("prompts");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const create = useWrite("createPrompt", ["listPrompts", "listPromptSummaries"]);
  const submit = async (form: FormData) => {
    const slug = textIn(form, "slug") ?? "";
    await create.mutateAsync({ slug, description: textIn(form, "description") ?? "" });
    onClose();
    await navigate({ to: "/t/$tenant/prompts/$prompt", params: { tenant, prompt: slug } });
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("newPrompt")}
      description={t("newPromptText")}
      submitText={t("create")}
      onSubmit={submit}
    >
      <SlugField label={t("name")} hint={t("nameHint")} />
      <TextArea name="description" label={t("description")} hint={t("descriptionHint")} maxLength={2_000} />
    </FormDialog>
  );
}

import type { Promotion } from "@assay/core";
import { useNavigate } from "@tanstack/react-router";
import { GitPullRequestArrow } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CHANGED_BY_MOVE } from "../api/changed-by-move.ts";
import { useWrite } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { TextArea, TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { notify } from "../components/toast.tsx";
import { useKeptText } from "../components/use-kept-text.ts";

/** Proposes the move to those who may decide on it. */
export function ProposeButton({ promotion, isPrimary }: { promotion: Promotion; isPrimary: boolean }) {
  const { t } = useTranslation("promotion");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const propose = useWrite("proposeChange", CHANGED_BY_MOVE);
  const { prompt, label, version } = promotion;
  const [why, setWhy] = useKeptText(`propose.${prompt}.${label}.${version}`);
  const submit = async (form: FormData) => {
    const { id } = await propose.mutateAsync({
      prompt,
      label,
      version,
      title: textIn(form, "title") ?? t("propose.titleDefault", { label, version }),
      description: why.trim(),
    });
    setWhy("");
    notify(t("propose.done"));
    await navigate({ to: "/t/$tenant/changes/$changeId", params: { tenant, changeId: id } });
  };
  return (
    <>
      <Button
        look={isPrimary ? "primary" : "plain"}
        icon={<GitPullRequestArrow className="size-4" aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t("propose.button")}
      </Button>
      <FormDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t("propose.title")}
        description={t("propose.text")}
        submitText={t("propose.submit")}
        onSubmit={submit}
      >
        <TextField
          label={t("propose.name")}
          name="title"
          defaultValue={t("propose.titleDefault", { label, version })}
          maxLength={200}
          required
        />
        <TextArea
          label={t("propose.description")}
          hint={t("propose.descriptionHint")}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
          maxLength={2_000}
        />
      </FormDialog>
    </>
  );
}

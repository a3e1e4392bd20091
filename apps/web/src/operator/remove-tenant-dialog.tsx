import type { Tenant } from "@assay/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { useOperatorWrite } from "./use-operator-api.ts";

/** So much is lost that its name is typed first. */
export function RemoveTenantDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const { t } = useTranslation("operator");
  const queries = useQueryClient();
  const [isWrong, setWrong] = useState(false);
  const remove = useOperatorWrite("removeTenant");
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("removeTenant")}
      submitText={t("removeForGood")}
      onSubmit={async (form) => {
        const differs = textIn(form, "slug") !== tenant.slug;
        setWrong(differs);
        if (differs) return;
        await remove.mutateAsync({ tenantId: tenant.id });
        await queries.invalidateQueries(sessionQuery);
        onClose();
      }}
    >
      <p>{t("removeText", { name: tenant.name })}</p>
      <TextField
        name="slug"
        label={t("typeName", { name: tenant.slug })}
        autoComplete="off"
        required
        {...(isWrong && { error: t("nameDiffers") })}
      />
    </FormDialog>
  );
}

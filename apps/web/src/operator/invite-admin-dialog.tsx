import type { Tenant } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { SecretDialog } from "./secret-dialog.tsx";
import { useOperatorWrite } from "./use-operator-api.ts";

export function InviteAdminDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const { t } = useTranslation("operator");
  const [link, setLink] = useState<string | null>(null);
  const invite = useOperatorWrite("inviteToTenant");
  if (link !== null) {
    const words = { title: t("invited"), text: t("invitedText"), label: t("invitationLink") };
    return <SecretDialog of={{ ...words, secret: link }} onClose={onClose} />;
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("inviteAdmin")}
      description={t("inviteAdminText", { name: tenant.name })}
      submitText={t("invite")}
      onSubmit={async (form) => {
        const email = textIn(form, "email") ?? "";
        setLink((await invite.mutateAsync({ tenantId: tenant.id, email })).link);
      }}
    >
      <TextField name="email" type="email" label={t("email")} required />
    </FormDialog>
  );
}

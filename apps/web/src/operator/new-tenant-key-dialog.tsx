import type { Tenant } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../components/form-dialog.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { useOperatorWrite } from "./use-operator-api.ts";

export function NewTenantKeyDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const { t } = useTranslation("operator");
  const [secret, setSecret] = useState<string | null>(null);
  const make = useOperatorWrite("createTenantKey");
  if (secret !== null) {
    const words = { title: t("keyMade"), text: t("keyMadeText"), label: t("adminKey") };
    return <SecretDialog of={{ ...words, secret }} onClose={onClose} />;
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("makeKey")}
      submitText={t("makeKey")}
      onSubmit={async () => setSecret((await make.mutateAsync({ tenantId: tenant.id })).secret)}
    >
      <p>{t("makeKeyText", { name: tenant.name })}</p>
    </FormDialog>
  );
}

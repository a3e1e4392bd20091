import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { SecretDialog } from "./secret-dialog.tsx";
import { useOperatorWrite } from "./use-operator-api.ts";

/** Makes a link for anybody who forgot their password, whatever tenants they are in. */
export function ResetByEmailDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("operator");
  const [link, setLink] = useState<string | null>(null);
  const make = useOperatorWrite("createPasswordResetByEmail");
  if (link !== null) {
    const words = { title: t("resetMade"), text: t("resetMadeText"), label: t("resetLink") };
    return <SecretDialog of={{ ...words, secret: link }} onClose={onClose} />;
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("makeReset")}
      description={t("makeResetText")}
      submitText={t("makeReset")}
      onSubmit={async (form) => {
        setLink((await make.mutateAsync({ email: textIn(form, "email") ?? "" })).link);
      }}
    >
      <TextField name="email" type="email" label={t("email")} required />
    </FormDialog>
  );
}

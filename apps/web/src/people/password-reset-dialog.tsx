import type { Member, NewPasswordReset } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { SecretOnce } from "../components/secret-once.tsx";
import { useFormat } from "../i18n/format.ts";

/** Makes a link for somebody who forgot their password; whose account may be reset is the server's to say. */
export function PasswordResetDialog({ of: { user }, onClose }: { of: Member; onClose: () => void }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const [made, setMade] = useState<NewPasswordReset | null>(null);
  const make = useWrite("createPasswordReset", []);
  if (made === null) {
    return (
      <FormDialog
        isOpen
        onClose={onClose}
        title={t("reset.title", { name: user.name })}
        description={t("reset.text")}
        submitText={t("reset.make")}
        onSubmit={async () => setMade(await make.mutateAsync({ userId: user.id }))}
      >
        {null}
      </FormDialog>
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("reset.done", { name: user.name })}
      description={t("reset.doneText", { until: format.dateTime(made.expiresAt) })}
      actions={<Button onClick={onClose}>{t("invite.kept")}</Button>}
    >
      <SecretOnce label={t("reset.link")} secret={made.link} />
    </Dialog>
  );
}

import type { NewInvitation } from "@assay/core";
import { LIMITS, type Role } from "@assay/core/plain";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { SecretOnce } from "../components/secret-once.tsx";
import { useFormat } from "../i18n/format.ts";
import { RoleField } from "./role-field.tsx";

/** Makes an invitation and shows its link this once: nothing is sent from here. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const [made, setMade] = useState<NewInvitation | null>(null);
  const make = useWrite("createInvitation", ["listInvitations"]);
  if (made === null) {
    return (
      <FormDialog
        isOpen
        onClose={onClose}
        title={t("invite.title")}
        description={t("invite.text")}
        submitText={t("invite.make")}
        onSubmit={async (form) =>
          setMade(
            await make.mutateAsync({
              email: textIn(form, "email") ?? "",
              role: textIn(form, "role") as Role,
            }),
          )
        }
      >
        <TextField
          name="email"
          type="email"
          label={t("email")}
          required
          autoComplete="off"
          maxLength={LIMITS.emailLengthMax}
        />
        <RoleField chosen="editor" />
      </FormDialog>
    );
  }
  const { email, expiresAt } = made.invitation;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("invite.done", { email })}
      description={t("invite.doneText", { until: format.dateTime(expiresAt) })}
      actions={<Button onClick={onClose}>{t("invite.kept")}</Button>}
    >
      <SecretOnce label={t("invite.link")} secret={made.link} />
    </Dialog>
  );
}

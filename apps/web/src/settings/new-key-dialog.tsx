import type { ConfinedKey } from "@assay/core";
import { ROLES, type Role } from "@assay/core/plain";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { SelectField, TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { KeyBounds } from "./key-bounds.tsx";
import { KeyHandout } from "./key-handout.tsx";

/** A chat app uses prompts and does nothing else; it is no role of a person. */
const CHAT_APP = "chat-app";

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("settings");
  const [made, setMade] = useState<ConfinedKey | null>(null);
  const [prompts, setPrompts] = useState<ReadonlySet<string>>(new Set());
  const [labels, setLabels] = useState<ReadonlySet<string>>(new Set());
  const make = useWrite("createKey", ["listKeys"]);
  const submit = async (form: FormData) => {
    const kind = textIn(form, "kind") ?? CHAT_APP;
    const day = textIn(form, "expires");
    setMade(
      await make.mutateAsync({
        name: textIn(form, "name") ?? "",
        ...(kind === CHAT_APP ? { scopes: ["use"] } : { role: kind as Role }),
        ...(prompts.size > 0 && { prompts: [...prompts] }),
        ...(labels.size > 0 && { labels: [...labels] }),
        ...(day !== undefined && { expiresAt: new Date(`${day}T23:59:59`).toISOString() }),
      }),
    );
  };
  if (made !== null) {
    return (
      <Dialog
        isOpen
        onClose={onClose}
        title={t("keys.done", { name: made.key.name })}
        actions={<Button onClick={onClose}>{t("keys.kept")}</Button>}
      >
        <KeyHandout made={made} />
      </Dialog>
    );
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("keys.make")}
      description={t("keys.makeText")}
      submitText={t("keys.make")}
      onSubmit={submit}
    >
      <TextField name="name" label={t("keys.name")} hint={t("keys.nameHint")} required maxLength={200} />
      <SelectField
        name="kind"
        label={t("keys.may")}
        options={[CHAT_APP, ...Object.keys(ROLES)].map((value) => ({
          value,
          text: t(`keys.kinds.${value}`),
        }))}
      />
      <KeyBounds {...{ prompts, labels }} onPrompts={setPrompts} onLabels={setLabels} />
      <TextField name="expires" type="date" label={t("keys.expires")} hint={t("keys.expiresHint")} />
    </FormDialog>
  );
}

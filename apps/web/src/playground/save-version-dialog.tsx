import type { PromptContent } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { notify } from "../components/toast.tsx";

interface SaveVersionDialogProps {
  prompt: string;
  content: PromptContent;
  onClose: () => void;
  onSaved: (version: number) => void;
}

/** Makes a version of what a column asks by. It changes nothing for users: no label moves. */
export function SaveVersionDialog({ prompt, content, onClose, onSaved }: SaveVersionDialogProps) {
  const { t } = useTranslation("playground");
  const add = useWrite("addPromptVersion", ["getPrompt", "listPrompts", "listPromptVersions"]);
  const submit = async (form: FormData) => {
    const note = textIn(form, "note");
    const { created, version } = await add.mutateAsync({
      prompt,
      content,
      ...(note !== undefined && { note }),
    });
    const number = version?.version ?? 0;
    notify(t(created ? "versionSaved" : "versionKnown", { version: number }));
    onClose();
    onSaved(number);
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("saveVersion")}
      description={t("saveVersionHint")}
      submitText={t("saveVersion")}
      onSubmit={submit}
    >
      <TextField label={t("note")} hint={t("noteHint")} name="note" maxLength={1000} />
    </FormDialog>
  );
}

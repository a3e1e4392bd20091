import { useTranslation } from "react-i18next";
import { CHANGED_BY_MOVE } from "../api/changed-by-move.ts";
import { useWrite } from "../api/use-api.ts";
import { TextField } from "./field.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { textIn } from "./form-values.ts";
import { notify } from "./toast.tsx";

export interface Rollback {
  prompt: string;
  label: string;
  version: number;
  present: number | null;
}

interface RollbackDialogProps extends Rollback {
  isOpen: boolean;
  onClose: () => void;
}

/** Back to a version that held the label: always allowed, at once, with a reason. */
export function RollbackDialog({ prompt, label, version, present, isOpen, onClose }: RollbackDialogProps) {
  const { t } = useTranslation("promotion");
  const rollback = useWrite("rollbackLabel", CHANGED_BY_MOVE);
  const submit = async (form: FormData) => {
    const reason = textIn(form, "reason") ?? t("rollback.noReason");
    await rollback.mutateAsync({ prompt, label, version, reason });
    onClose();
    notify(t("rollback.done", { label, version }));
  };
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("rollback.title", { label, version })}
      description={t("rollback.text", { present: present ?? "–" })}
      submitText={t("rollback.submit")}
      onSubmit={submit}
    >
      <TextField
        label={t("rollback.reason")}
        hint={t("rollback.reasonHint")}
        name="reason"
        maxLength={1_000}
      />
    </FormDialog>
  );
}

import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CHANGED_BY_MOVE } from "../api/changed-by-move.ts";
import { useWrite } from "../api/use-api.ts";
import { Button } from "./button.tsx";
import { TextField } from "./field.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { textIn } from "./form-values.ts";
import { notify } from "./toast.tsx";

interface RollbackButtonProps {
  prompt: string;
  label: string;
  version: number;
  present: number | null;
}

/** Back to a version that held the label: always allowed, at once, with a reason. */
export function RollbackButton({ prompt, label, version, present }: RollbackButtonProps) {
  const { t } = useTranslation("promotion");
  const [isOpen, setOpen] = useState(false);
  const rollback = useWrite("rollbackLabel", CHANGED_BY_MOVE);
  const submit = async (form: FormData) => {
    const reason = textIn(form, "reason") ?? t("rollback.noReason");
    await rollback.mutateAsync({ prompt, label, version, reason });
    setOpen(false);
    notify(t("rollback.done", { label, version }));
  };
  return (
    <>
      <Button isSmall icon={<Undo2 className="size-4" aria-hidden />} onClick={() => setOpen(true)}>
        {t("rollback.button", { version })}
      </Button>
      <FormDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
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
    </>
  );
}

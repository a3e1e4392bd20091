import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { type Rollback, RollbackDialog } from "./rollback-dialog.tsx";

/** Asks before it puts a version back that held the label. */
export function RollbackButton(rollback: Rollback) {
  const { t } = useTranslation("promotion");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button isSmall icon={<Undo2 className="size-4" aria-hidden />} onClick={() => setOpen(true)}>
        {t("rollback.button", { version: rollback.version })}
      </Button>
      <RollbackDialog {...rollback} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

import type { Gate } from "@assay/core";
import { ShieldPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { SetGateDialog } from "./set-gate-dialog.tsx";

interface SetGateButtonProps {
  prompt: string;
  /** The gate that is to be set anew. */
  gate?: Gate;
  isPrimary?: boolean;
}

export function SetGateButton({ prompt, gate, isPrimary = false }: SetGateButtonProps) {
  const { t } = useTranslation("promotion");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        look={isPrimary ? "primary" : "plain"}
        isSmall={gate !== undefined}
        icon={<ShieldPlus className="size-4" aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t(gate === undefined ? "gates.set" : "gates.setAgain")}
      </Button>
      {isOpen && <SetGateDialog prompt={prompt} gate={gate} onClose={() => setOpen(false)} />}
    </>
  );
}

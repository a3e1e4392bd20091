import type { ChangeRequestDetails } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CHANGED_BY_MOVE } from "../api/changed-by-move.ts";
import { useWrite } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { TextArea } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { notify } from "../components/toast.tsx";
import { useKeptText } from "../components/use-kept-text.ts";

interface DecideButtonProps {
  change: ChangeRequestDetails;
  decision: "approve" | "reject" | "withdraw";
  isEnabled: boolean;
}

const ROUTES = { approve: "approveChange", reject: "rejectChange", withdraw: "withdrawChange" } as const;
const LOOKS = { approve: "primary", reject: "danger", withdraw: "plain" } as const;

/** One decision with its reason; an approval needs none. */
export function DecideButton({ change, decision, isEnabled }: DecideButtonProps) {
  const { t } = useTranslation("promotion");
  const [isOpen, setOpen] = useState(false);
  const decide = useWrite(ROUTES[decision], CHANGED_BY_MOVE);
  const [reason, setReason] = useKeptText(`decide.${change.id}`);
  const submit = async () => {
    const said = reason.trim();
    await decide.mutateAsync({ changeId: change.id, ...(said !== "" && { reason: said }) } as never);
    setReason("");
    setOpen(false);
    notify(t(`decide.${decision}.done`));
  };
  return (
    <>
      <Button
        look={LOOKS[decision]}
        disabled={!isEnabled}
        aria-describedby="why-not"
        onClick={() => setOpen(true)}
      >
        {t(`decide.${decision}.button`)}
      </Button>
      <FormDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t(`decide.${decision}.title`)}
        description={t(`decide.${decision}.text`)}
        submitText={t(`decide.${decision}.button`)}
        onSubmit={submit}
      >
        <TextArea
          label={t(decision === "approve" ? "decide.reasonOptional" : "decide.reason")}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={1_000}
          required={decision !== "approve"}
        />
      </FormDialog>
    </>
  );
}

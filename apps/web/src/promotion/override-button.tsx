import type { Promotion } from "@assay/core";
import { ShieldAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CHANGED_BY_MOVE } from "../api/changed-by-move.ts";
import { useWrite } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { SelectField, TextArea } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { notify } from "../components/toast.tsx";
import { useKeptText } from "../components/use-kept-text.ts";

const HOURS = [1, 4, 24, 72, 168] as const;
const REASON_MIN = 10;

/** Past the gate, for a while and with a reason that everybody reads. */
export function OverrideButton({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation("promotion");
  const [isOpen, setOpen] = useState(false);
  const move = useWrite("moveLabel", CHANGED_BY_MOVE);
  const { prompt, label, version, present } = promotion;
  const [reason, setReason] = useKeptText(`override.${prompt}.${label}.${version}`);
  const submit = async (form: FormData) => {
    const hours = Number(form.get("hours"));
    // A little less than asked, so that the longest time is not over the limit when it arrives.
    const expiresAt = new Date(Date.now() + hours * 3_600_000 - 60_000).toISOString();
    const override = { reason: reason.trim(), expiresAt };
    await move.mutateAsync({ prompt, label, version, expectedVersion: present?.version ?? null, override });
    setReason("");
    setOpen(false);
    notify(t("override.done", { label, version }));
  };
  return (
    <>
      <Button
        look="danger"
        icon={<ShieldAlert className="size-4" aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t("override.button")}
      </Button>
      <FormDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t("override.title", { label, version })}
        description={t("override.text")}
        submitText={t("override.submit")}
        onSubmit={submit}
      >
        <TextArea
          label={t("override.reason")}
          hint={t("override.reasonHint")}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          minLength={REASON_MIN}
          maxLength={1_000}
          required
        />
        <SelectField
          label={t("override.until")}
          hint={
            present === null
              ? t("override.untilNothing")
              : t("override.untilHint", { label, version: present.version })
          }
          name="hours"
          defaultValue="4"
          options={HOURS.map((hours) => ({
            value: String(hours),
            text: t("override.hours", { count: hours }),
          }))}
        />
      </FormDialog>
    </>
  );
}

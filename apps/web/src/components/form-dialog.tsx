import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ErrorNotice } from "./error-notice.tsx";

interface FormDialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  submitText: string;
  /** Carries it out; a refusal stays in the dialog beside what was typed. */
  onSubmit: (form: FormData) => Promise<unknown>;
  children: ReactNode;
}

/** A form over the page: fields, a refusal where there was one, and what closes it. */
export function FormDialog({
  isOpen,
  onClose,
  title,
  description,
  submitText,
  onSubmit,
  children,
}: FormDialogProps) {
  const { t } = useTranslation("shell");
  const formId = useId();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await onSubmit(new FormData(event.currentTarget));
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      {...(description !== undefined && { description })}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} look="primary" isBusy={isBusy}>
            {submitText}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {children}
        <ErrorNotice error={error} />
      </form>
    </Dialog>
  );
}

import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ErrorNotice } from "./error-notice.tsx";

interface ConfirmButtonProps {
  text: string;
  /** What will happen, and to whom it matters. */
  question: ReactNode;
  confirmText: string;
  onConfirm: () => Promise<unknown>;
  isSmall?: boolean;
}

/** For what cannot be undone: says what will happen and asks once. A refusal stays in the dialog. */
export function ConfirmButton({
  text,
  question,
  confirmText,
  onConfirm,
  isSmall = false,
}: ConfirmButtonProps) {
  const { t } = useTranslation("shell");
  const [state, setState] = useState<{ isOpen: boolean; isBusy: boolean; error: unknown }>({
    isOpen: false,
    isBusy: false,
    error: null,
  });
  const close = () => setState({ isOpen: false, isBusy: false, error: null });
  const confirm = async () => {
    setState({ isOpen: true, isBusy: true, error: null });
    try {
      await onConfirm();
      close();
    } catch (error) {
      setState({ isOpen: true, isBusy: false, error });
    }
  };
  return (
    <>
      <Button look="danger" isSmall={isSmall} onClick={() => setState({ ...state, isOpen: true })}>
        {text}
      </Button>
      <Dialog
        isOpen={state.isOpen}
        onClose={close}
        title={text}
        actions={
          <>
            <Button onClick={close}>{t("cancel")}</Button>
            <Button look="danger" isBusy={state.isBusy} onClick={() => void confirm()}>
              {confirmText}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <div>{question}</div>
          <ErrorNotice error={state.error} />
        </div>
      </Dialog>
    </>
  );
}

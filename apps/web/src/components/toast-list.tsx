import { Toast } from "radix-ui";
import { useTranslation } from "react-i18next";
import type { ToastMessage } from "./toast.tsx";

const SHOWN_MS = 7_000;

interface ToastListProps {
  messages: readonly ToastMessage[];
  onDismiss: (id: number) => void;
}

export function ToastList({ messages, onDismiss }: ToastListProps) {
  const { t } = useTranslation("shell");
  return (
    <Toast.Provider duration={SHOWN_MS} label={t("notifications")}>
      {messages.map(({ id, text, undo }) => (
        <Toast.Root
          key={id}
          onOpenChange={(isOpen) => !isOpen && onDismiss(id)}
          className="flex items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-float"
        >
          <Toast.Description className="flex-1">{text}</Toast.Description>
          {undo !== undefined && (
            <Toast.Action altText={t("undo")} onClick={undo} className="font-semibold text-accent">
              {t("undo")}
            </Toast.Action>
          )}
        </Toast.Root>
      ))}
      <Toast.Viewport
        label={t("notifications")}
        className="fixed right-4 bottom-4 z-60 flex w-[min(92vw,24rem)] flex-col gap-2"
      />
    </Toast.Provider>
  );
}

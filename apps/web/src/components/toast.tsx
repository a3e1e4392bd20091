import { Toast } from "radix-ui";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

interface Message {
  id: number;
  text: string;
  undo: (() => void) | undefined;
}

const SHOWN_MS = 7_000;
let messages: readonly Message[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Message[]): void {
  messages = next;
  for (const listener of listeners) listener();
}

/** Says that something was done, read out politely; with a way back where there is one. */
export function notify(text: string, undo?: () => void): void {
  lastId += 1;
  set([...messages.slice(-2), { id: lastId, text, undo }]);
}

function dismiss(id: number): void {
  set(messages.filter((message) => message.id !== id));
}

export function Toasts() {
  const { t } = useTranslation("shell");
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
  return (
    <Toast.Provider duration={SHOWN_MS} label={t("notifications")}>
      {shown.map(({ id, text, undo }) => (
        <Toast.Root
          key={id}
          onOpenChange={(isOpen) => !isOpen && dismiss(id)}
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

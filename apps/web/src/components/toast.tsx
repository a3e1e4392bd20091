import { lazy, Suspense, useSyncExternalStore } from "react";

export interface ToastMessage {
  id: number;
  text: string;
  undo: (() => void) | undefined;
}

const ToastList = lazy(async () => ({ default: (await import("./toast-list.tsx")).ToastList }));
let messages: readonly ToastMessage[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly ToastMessage[]): void {
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
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
  return (
    <Suspense fallback={null}>{lastId > 0 && <ToastList messages={shown} onDismiss={dismiss} />}</Suspense>
  );
}

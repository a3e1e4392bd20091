import { useLayoutEffect, useRef } from "react";

type Actions = Readonly<Record<string, (() => void) | undefined>>;

const WRITTEN_IN = "textarea, input, select, [role=dialog], [contenteditable]";

/** Single keys that do something, unless somebody is writing or a dialog is open; Escape leaves the note. */
export function useWorkKeys(actions: Actions): void {
  const latest = useRef(actions);
  latest.current = actions;
  // As soon as the output is there: who works by key presses the next one at once.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target.closest(WRITTEN_IN) !== null) return leave(target, key);
      const action = Object.hasOwn(latest.current, key) ? latest.current[key] : undefined;
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function leave(target: HTMLElement, key: string): void {
  if (key === "Escape") target.blur();
}

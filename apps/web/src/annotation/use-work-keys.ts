import { useEffect, useRef } from "react";

type Actions = Readonly<Record<string, (() => void) | undefined>>;

/** Single keys that do something, unless somebody is writing or a dialog is open; Escape leaves the note. */
export function useWorkKeys(actions: Actions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey || !(target instanceof HTMLElement)) return;
      const isWriting = target.closest("textarea, input, select, [role=dialog], [contenteditable]") !== null;
      if (isWriting) {
        if (key === "Escape") target.blur();
        return;
      }
      const action = Object.hasOwn(latest.current, key) ? latest.current[key] : undefined;
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

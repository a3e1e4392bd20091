import { useLayoutEffect, useRef } from "react";

interface RunKeys {
  /** Undefined while there is nothing that could run. */
  run: (() => void) | undefined;
  /** Undefined while nothing runs. */
  stop: (() => void) | undefined;
}

/** Ctrl+Enter runs, Escape stops; a dialog or a menu over the page keeps its own keys. */
export function useRunKeys(keys: RunKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  // With the page and not after it: a key may come at once.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isOver = event.target instanceof Element && event.target.closest("[role=dialog],[role=menu]");
      if (isOver) return;
      const { run, stop } = latest.current;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        run?.();
      }
      if (event.key === "Escape") stop?.();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

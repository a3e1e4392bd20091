import { useEffect, useReducer, useRef } from "react";
import { flushSync } from "react-dom";
import type { CodeMirror } from "./code-mirror.tsx";

type Editor = typeof CodeMirror;
let loaded: Editor | null = null;
let loading: Promise<void> | undefined;
const waiting = new Set<() => void>();

/** Loads CodeMirror once for all editors. */
export function loadEditor(): Promise<void> {
  loading ??= import("./code-mirror.tsx").then(
    (module) => {
      loaded = module.CodeMirror;
      for (const tell of waiting) tell();
    },
    () => {
      // Without a connection the plain field stays, and the next turn to one tries again.
      loading = undefined;
    },
  );
  return loading;
}

/** CodeMirror once it is there; `beforeChange` is told right before it takes the plain field's place. */
export function useLoadedEditor(beforeChange: () => void): Editor | null {
  const [, again] = useReducer((count: number) => count + 1, 0);
  const latest = useRef(beforeChange);
  latest.current = beforeChange;
  useEffect(() => {
    const tell = () => {
      // At once: no key stroke may fall between the field and the editor.
      flushSync(() => {
        latest.current();
        again();
      });
    };
    waiting.add(tell);
    return () => void waiting.delete(tell);
  }, []);
  return loaded;
}

import { useState } from "react";

/**
 * What is being typed into a form, kept by the browser until it is saved: a reload, a lost session or a closed tab
 * loses nothing.
 */
export function useKeptForm<T>(
  key: string,
  initial: T,
): { form: T; set: (form: T) => void; isKept: boolean; forget: () => void } {
  const [kept, setKept] = useState(() => read<T>(key));
  return {
    form: kept ?? initial,
    isKept: kept !== undefined,
    set: (form) => {
      setKept(form);
      write(key, form);
    },
    forget: () => {
      setKept(undefined);
      write(key, undefined);
    },
  };
}

function read<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** A browser that is full or keeps nothing lets people type all the same. */
function write(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing to be done, and nothing is lost that was there before.
  }
}

import { useEffect, useState } from "react";

interface Kept<T> {
  name: string;
  value: T;
  /** Somebody changed it; what nobody changed is not kept. */
  isChanged: boolean;
}

/**
 * A state that this browser keeps under a name, so that a reload, a crash or an ended session loses nothing. Names say
 * whose it is, as in `playground/airline/triage`. `isValue` holds what was kept against what is expected now.
 */
export function useKept<T>(
  name: string,
  first: T,
  isValue: (value: unknown) => value is T,
): [value: T, set: (change: (now: T) => T) => void] {
  const read = (): Kept<T> => ({ name, value: readKept(name, isValue) ?? first, isChanged: false });
  const [state, setState] = useState(read);
  const current = state.name === name ? state : read();
  if (current !== state) setState(current);
  useEffect(() => {
    if (current.isChanged) keep(current.name, current.value);
  }, [current]);
  const set = (change: (now: T) => T) =>
    setState((before) => ({ ...before, value: change(before.value), isChanged: true }));
  return [current.value, set];
}

/** What this browser keeps under a name; undefined where it is nothing, or nothing that is expected. */
export function readKept<T>(name: string, isValue: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? "null");
    return isValue(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A browser that has no room left keeps what it has; the page goes on. Undefined is kept no longer. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // There is nothing better to do.
  }
}

function keyOf(name: string): string {
  return `assay.kept.${name}`;
}

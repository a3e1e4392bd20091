import { useEffect, useState } from "react";
import { readKept, useKeptName, writeKept } from "./use-kept-text.ts";

interface Kept<T> {
  name: string;
  value: T;
  /** Somebody changed it; what nobody changed is not kept. */
  isChanged: boolean;
}

/**
 * A state that this browser keeps for one person in one tenant under a name, so that a reload, a crash or an ended
 * session loses nothing. `isValue` holds what was kept against what is expected now.
 */
export function useKept<T>(
  name: string,
  first: T,
  isValue: (value: unknown) => value is T,
): [value: T, set: (change: (now: T) => T) => void] {
  const keptName = useKeptName(name);
  const read = (): Kept<T> => ({
    name: keptName,
    value: readKeptValue(keptName, isValue) ?? first,
    isChanged: false,
  });
  const [state, setState] = useState(read);
  const current = state.name === keptName ? state : read();
  if (current !== state) setState(current);
  useEffect(() => {
    if (current.isChanged) writeKept(current.name, JSON.stringify(current.value));
  }, [current]);
  const set = (change: (now: T) => T) =>
    setState((before) => ({ ...before, value: change(before.value), isChanged: true }));
  return [current.value, set];
}

/** What is kept under a name; undefined where it is nothing, or nothing that is expected. */
export function readKeptValue<T>(keptName: string, isValue: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(readKept(keptName) ?? "null");
    return isValue(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

import { useCallback, useMemo, useState } from "react";

export interface Selection {
  keys: ReadonlySet<string>;
  toggle: (key: string) => void;
  set: (keys: readonly string[]) => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Cases that are picked for a change of many. Begins anew with every other list of cases. */
export function useSelection(of: string): Selection {
  const [picked, setPicked] = useState({ of, keys: NONE });
  const keys = picked.of === of ? picked.keys : NONE;
  const set = useCallback((next: readonly string[]) => setPicked({ of, keys: new Set(next) }), [of]);
  const toggle = useCallback(
    (key: string) =>
      setPicked((now) => {
        const next = new Set(now.of === of ? now.keys : NONE);
        if (!next.delete(key)) next.add(key);
        return { of, keys: next };
      }),
    [of],
  );
  const clear = useCallback(() => set([]), [set]);
  return useMemo(() => ({ keys, toggle, set, clear }), [keys, toggle, set, clear]);
}

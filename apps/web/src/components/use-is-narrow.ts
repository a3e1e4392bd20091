import { useSyncExternalStore } from "react";

/** As `sm:` in class names has it. */
const NARROW = "(width < 40rem)";

/** Has the screen little room across, as a telephone's? */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}

function subscribe(onChange: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}

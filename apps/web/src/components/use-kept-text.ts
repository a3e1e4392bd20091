import { useCallback, useState } from "react";
import { useSession } from "../api/session.ts";
import { useTenant } from "../api/use-tenant.ts";

/** Where this browser keeps something of one person in one tenant: nobody else who logs in here gets to see it. */
export function useKeptName(name: string): string {
  const { user } = useSession();
  const { slug } = useTenant();
  return `assay.kept.${user.id}.${slug}.${name}`;
}

export function readKept(keptName: string): string | null {
  return localStorage.getItem(keptName);
}

/** Null forgets. A browser without room keeps nothing, and the page goes on without. */
export function writeKept(keptName: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(keptName);
    else localStorage.setItem(keptName, text);
  } catch {
    // Full or forbidden: what is on the page stays on the page.
  }
}

/** A text that outlives the page, its closing and a crash, until it is forgotten by setting it to nothing. */
export function useKeptText(name: string): [text: string, set: (text: string) => void] {
  const keptName = useKeptName(name);
  const [text, setText] = useState(() => readKept(keptName) ?? "");
  const set = useCallback(
    (next: string) => {
      writeKept(keptName, next === "" ? null : next);
      setText(next);
    },
    [keptName],
  );
  return [text, set];
}

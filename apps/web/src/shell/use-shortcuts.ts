import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { onSessionEnd } from "../api/session-end.ts";
import { DESTINATIONS } from "./navigation.ts";

type Overlay = "palette" | "shortcuts" | "login";

/** How long after `g` the second key is waited for. */
const SECOND_KEY_MS = 1_200;

/** What is open over the page, and the keys that open it: Ctrl+K, `?`, and `g` with a destination's key. */
export function useShortcuts(): { open: Overlay | null; show(overlay: Overlay): void; close(): void } {
  const [open, setOpen] = useState<Overlay | null>(null);
  const navigate = useNavigate();
  const { tenant } = useParams({ strict: false });
  const goPressedAt = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => onSessionEnd(() => setOpen("login")), []);
  // With the page and not after it: a key may come at once.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const press = pressOf(event, event.timeStamp - goPressedAt.current < SECOND_KEY_MS);
      if (press === undefined) return;
      goPressedAt.current = press.kind === "go" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (press.kind === "show") {
        event.preventDefault();
        setOpen((now) => now ?? press.overlay);
      }
      if (press.kind === "visit" && tenant !== undefined)
        void navigate({ href: `/t/${tenant}${press.path}` });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate, tenant]);

  return { open, show: setOpen, close: () => setOpen(null) };
}

type Press = { kind: "show"; overlay: Overlay } | { kind: "go" } | { kind: "visit"; path: string };

/** What a key means; `isAfterGo` when `g` was pressed just before. */
function pressOf(event: KeyboardEvent, isAfterGo: boolean): Press | undefined {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    return { kind: "show", overlay: "palette" };
  }
  if (isTyping(event)) return undefined;
  if (event.key === "?") return { kind: "show", overlay: "shortcuts" };
  const destination = isAfterGo ? DESTINATIONS.find(({ key }) => key === event.key) : undefined;
  if (destination !== undefined) return { kind: "visit", path: destination.path };
  return event.key === "g" ? { kind: "go" } : undefined;
}

/** Letters belong to the text someone is writing, and to a dialog that is open. */
function isTyping({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, [role=dialog]") !== null;
}

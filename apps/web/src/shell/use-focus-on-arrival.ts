import { useRouterState } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";

/** On another page the keyboard goes on at its content, not before the whole side bar again. */
export function useFocusOnArrival(content: RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const last = useRef(path);
  useEffect(() => {
    const isArrival = last.current !== undefined && last.current !== path;
    last.current = path;
    if (!isArrival) return;
    // After a dialog that led here has given the focus back.
    const timer = setTimeout(() => {
      const { current } = content;
      if (current?.contains(document.activeElement) === false) current.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [path, content]);
}

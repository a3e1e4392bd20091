import { useSearch } from "@tanstack/react-router";
import { type ComponentProps, type RefObject, useEffect, useImperativeHandle, useState } from "react";
import { CaseDrawer } from "./case-drawer.tsx";
import type { Go } from "./page-props.ts";

/** Opens the case with a key. */
export type OpenCase = (key: string) => void;

interface OpenedCaseProps extends Omit<ComponentProps<typeof CaseDrawer>, "at" | "onClose"> {
  of: { dataset: string; version: number };
  /** Through which the page opens a case. */
  opener: RefObject<OpenCase | null>;
  go: Go;
}

/**
 * The case that the address names, or that somebody opened just now: the address follows once the case is painted,
 * since to change it takes as long as to draw the case. Nothing else of the page is drawn again.
 */
export function OpenedCase({ of, opener, go, ...rest }: OpenedCaseProps) {
  const named = useSearch({ from: "/person/t/$tenant/datasets/$dataset", select: (search) => search.case });
  const [asked, setAsked] = useState<string>();
  useImperativeHandle(opener, () => setAsked, []);
  useEffect(() => {
    if (asked === undefined) return undefined;
    if (asked !== named) return afterPaint(() => go({ case: asked }));
    setAsked(undefined);
    return undefined;
  }, [asked, named, go]);
  const key = asked ?? named;
  const close = () => {
    setAsked(undefined);
    go({ case: undefined });
  };
  return key !== undefined && <CaseDrawer key={key} at={{ ...of, key }} {...rest} onClose={close} />;
}

/** Does something once the next frame is painted; answers how to leave it undone. */
function afterPaint(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

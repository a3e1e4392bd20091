import clsx from "clsx";
import type { ReactNode } from "react";
import { showHidden } from "../i18n/show-hidden.ts";

export type Tone = "good" | "bad" | "warn" | "info" | "neutral";

const TONES: Record<Tone, string> = {
  good: "bg-good-soft text-good",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
  info: "bg-info-soft text-info",
  neutral: "bg-raised text-ink-soft",
};

/** A word about a state. The word says it; the colour only helps to find it. */
export function Badge({
  tone = "neutral",
  children,
  title,
}: {
  tone?: Tone;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span
      title={title === undefined ? undefined : showHidden(title)}
      className={clsx(
        "inline-flex max-w-full items-center gap-1 rounded-md px-1.5 py-0.5 text-xs font-semibold",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}

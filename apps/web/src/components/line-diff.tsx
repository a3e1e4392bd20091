import type { DiffLine } from "@assay/core";
import clsx from "clsx";
import { useTranslation } from "react-i18next";
import { showHidden } from "./foreign-text.tsx";

const SIGNS = { same: " ", removed: "−", added: "+" } as const;
const TONES = { same: "", removed: "bg-bad-soft text-bad", added: "bg-good-soft text-good" } as const;

/** Lines of a difference; each says in words what its sign shows. */
export function LineDiff({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  const { t } = useTranslation("shell");
  return (
    <ol aria-label={label} className="overflow-hidden rounded-lg bg-raised py-1 font-mono text-sm">
      {lines.map(({ kind, text }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names and never change places
          key={index}
          className={clsx("flex gap-2 px-3", TONES[kind])}
        >
          <span aria-hidden>{SIGNS[kind]}</span>
          {kind !== "same" && <span className="sr-only">{t(`line.${kind}`)}</span>}
          <bdi className="foreign-text min-w-0 flex-1">{showHidden(text)}</bdi>
        </li>
      ))}
    </ol>
  );
}

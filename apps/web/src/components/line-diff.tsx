import type { DiffLine } from "@assay/core";
import clsx from "clsx";
import { useTranslation } from "react-i18next";
import { Bdi } from "./bdi.tsx";

const SIGNS = { same: " ", removed: "−", added: "+" } as const;
const TONES = { same: "", removed: "bg-bad-soft text-bad", added: "bg-good-soft text-good" } as const;

/** A line, or so many equal lines that are left out. */
export type DiffPart = DiffLine | { kind: "folded"; count: number };

/** Lines of a difference; each says in words what its sign shows. */
export function LineDiff({ lines, label }: { lines: readonly DiffPart[]; label: string }) {
  return (
    <ol aria-label={label} className="overflow-hidden rounded-lg bg-raised py-1 font-mono text-sm">
      {lines.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names and never change places
        <Part key={index} part={part} />
      ))}
    </ol>
  );
}

function Part({ part }: { part: DiffPart }) {
  const { t } = useTranslation("shell");
  if (part.kind === "folded") {
    return (
      <li className="bg-surface px-3 py-0.5 font-sans text-ink-soft">
        {t("line.folded", { count: part.count })}
      </li>
    );
  }
  const { kind, text } = part;
  return (
    <li className={clsx("flex gap-2 px-3", TONES[kind])}>
      <span aria-hidden className="select-none">
        {SIGNS[kind]}
      </span>
      {kind !== "same" && <span className="sr-only">{t(`line.${kind}`)}</span>}
      <Bdi className="foreign-text min-w-0 flex-1">{text}</Bdi>
    </li>
  );
}

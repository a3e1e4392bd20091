import { CopyButton } from "./copy-button.tsx";

/** A line that is needed elsewhere, with a button that copies it. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <output
        aria-label={label}
        className="min-w-0 rounded-md bg-raised px-2.5 py-1.5 font-mono text-sm break-all select-all"
      >
        {text}
      </output>
      <CopyButton text={text} />
    </div>
  );
}

import clsx from "clsx";
import { type DragEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";

/** A file by the browser's own dialog, or dropped. */
export function FileChooser({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation("datasets");
  const id = useId();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the field within does the same by keyboard
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={clsx(
        "flex flex-col items-center gap-3 rounded-xl border-2 border-dashed px-6 py-12 text-center",
        isOver ? "border-accent bg-accent-soft" : "border-line-strong/60",
      )}
    >
      <label htmlFor={id} className="font-semibold">
        {t("chooseFile")}
      </label>
      <input
        id={id}
        type="file"
        accept=".csv,.jsonl,.ndjson,.txt,text/csv"
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => target.files?.[0] !== undefined && onFile(target.files[0])}
        className="max-w-full rounded-lg border border-line-strong/70 p-2 file:mr-3 file:rounded-md file:border-0 file:bg-raised file:px-3 file:py-1 file:text-ink"
      />
      <p id={`${id}-hint`} className="max-w-prose text-sm text-ink-soft">
        {t("fileHint")}
      </p>
    </div>
  );
}

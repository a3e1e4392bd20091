import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Bdi } from "./bdi.tsx";
import { TextField } from "./field.tsx";

/** So few are seen at once, and need no search. */
const SEARCHED_FROM = 8;

interface PickListProps {
  legend: string;
  hint?: ReactNode;
  choices: readonly string[];
  picked: ReadonlySet<string>;
  onChange: (picked: ReadonlySet<string>) => void;
  /** Below the list: how to see further choices. */
  children?: ReactNode;
}

/** Names to be ticked, found by typing where there are many; what is ticked stays when the search leaves it out. */
export function PickList({ legend, hint, choices, picked, onChange, children }: PickListProps) {
  const { t } = useTranslation("shell");
  const id = useId();
  const [search, setSearch] = useState("");
  const all = [...new Set([...picked, ...choices])].sort();
  const wanted = search.trim().toLowerCase();
  const shown = all.filter((name) => picked.has(name) || name.toLowerCase().includes(wanted));
  const toggle = (name: string) => {
    const next = new Set(picked);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={`${id}-hint`}>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {all.length >= SEARCHED_FROM && (
        <TextField
          label={`${legend}: ${t("searchOrJump")}`}
          isLabelHidden
          type="search"
          placeholder={t("searchOrJump")}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      )}
      <ul className="max-h-44 overflow-y-auto rounded-lg border border-line-strong/70 bg-surface px-3 py-1.5">
        {shown.map((name) => (
          <li key={name}>
            <label className="flex items-center gap-2 py-0.5">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={picked.has(name)}
                onChange={() => toggle(name)}
              />
              <Bdi className="min-w-0 [overflow-wrap:anywhere]">{name}</Bdi>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className="text-ink-soft">{t("nothingFound")}</li>}
      </ul>
      {children}
      <p id={`${id}-hint`} className="text-sm text-ink-soft">
        {hint}
      </p>
    </fieldset>
  );
}

import clsx from "clsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";

/** More than this at once makes a page slow to lay out, and nobody reads it. */
const SHOWN_LENGTH_MAX = 20_000;
// Direction overrides would let text show in another order than it has; other control characters show as nothing.
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Text that tenants, models or users wrote: always as text, with what would be invisible made visible, and at most
 * 20,000 characters of it until the reader asks for more.
 */
export function ForeignText({ text, className }: { text: string; className?: string }) {
  const { t } = useTranslation("shell");
  const [isWhole, setIsWhole] = useState(false);
  const isCut = !isWhole && text.length > SHOWN_LENGTH_MAX;
  const shown = isCut ? text.slice(0, SHOWN_LENGTH_MAX) : text;
  return (
    <div className={clsx("min-w-0", className)}>
      <div className="foreign-text" dir="auto">
        {showHidden(shown)}
      </div>
      {isCut && (
        <Button isSmall look="quiet" onClick={() => setIsWhole(true)}>
          {t("showAllCharacters", { count: text.length })}
        </Button>
      )}
    </div>
  );
}

/** Names each character that would not be seen: U+202E becomes ⟨202E⟩. Line breaks and tabs stay. */
export function showHidden(text: string): string {
  return text.replaceAll(HIDDEN, (character) =>
    character === "\r" ? "" : `⟨${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}

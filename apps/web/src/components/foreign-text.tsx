import clsx from "clsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showHidden } from "../i18n/show-hidden.ts";
import { Button } from "./button.tsx";

/** More than this at once makes a page slow to lay out, and nobody reads it. */
const SHOWN_LENGTH_MAX = 20_000;

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

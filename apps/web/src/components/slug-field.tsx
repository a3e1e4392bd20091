import { LIMITS, slugOf } from "@assay/core/plain";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Bdi } from "./bdi.tsx";
import { TextField } from "./field.tsx";

interface SlugFieldProps {
  label: string;
  /** What the name is for. */
  hint?: ReactNode;
  /** Of the value in the form: the slug that is made of what was written. */
  name?: string;
  isRequired?: boolean;
  className?: string;
  /** Told the slug, where there is no form to read it from. */
  onChange?: (slug: string) => void;
}

/**
 * Takes any name and makes of it what addresses and code can use, shown while one writes. Whoever wants another name
 * writes that: what is a slug already stays as it is.
 */
export function SlugField({
  label,
  hint,
  name = "slug",
  isRequired = true,
  className,
  onChange,
}: SlugFieldProps) {
  const { t } = useTranslation("shell");
  const [text, setText] = useState("");
  const frame = useRef<HTMLDivElement>(null);
  const slug = slugOf(text);
  const isEmpty = text.trim() === "";
  const error = !isEmpty && slug === "" ? t("name.unusable") : undefined;
  // The browser keeps a form from being sent with it, and says why at the field.
  useEffect(() => {
    frame.current?.querySelector("input")?.setCustomValidity(error ?? "");
  }, [error]);
  return (
    <div ref={frame} className={className}>
      <TextField
        label={label}
        error={error}
        hint={
          <>
            {hint}
            <span role="status" className="block">
              {!isEmpty && slug !== "" && slug !== text && (
                <>
                  {t("name.becomes")} <Bdi className="font-mono font-medium text-ink">{slug}</Bdi>
                </>
              )}
            </span>
          </>
        }
        required={isRequired}
        maxLength={LIMITS.nameLengthMax}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          onChange?.(slugOf(target.value));
        }}
      />
      <input type="hidden" name={name} value={slug} />
    </div>
  );
}

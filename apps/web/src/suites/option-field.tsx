import type { Json } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckField, SelectField, TextArea, TextField } from "../components/field.tsx";
import { NumberField } from "../components/number-field.tsx";
import type { OptionInfo } from "./option-kind.ts";

interface OptionFieldProps {
  option: OptionInfo;
  value: Json | undefined;
  /** Undefined leaves the option out. */
  onChange: (value: Json | undefined) => void;
}

/** One option of a scorer, with the scorer's own words about it. */
export function OptionField({ option, value, onChange }: OptionFieldProps) {
  const { t } = useTranslation("suites");
  const { kind, default: fallback } = option;
  const label = option.isRequired ? `${option.name} *` : option.name;
  const hint = [
    option.description,
    fallback === undefined ? "" : t("defaultIs", { value: written(fallback) }),
  ]
    .filter((part) => part !== "")
    .join(" ");
  const raw = { label, hint, value, onChange };
  switch (kind.kind) {
    case "boolean":
      return (
        <CheckField
          label={label}
          hint={hint}
          checked={(value ?? fallback) === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      );
    case "number":
      return (
        <NumberField
          label={label}
          hint={hint}
          wrongText={t("noNumber")}
          value={typeof value === "number" ? value : undefined}
          onChange={onChange}
        />
      );
    case "choice":
      return <ChoiceField {...raw} options={kind.options} />;
    case "texts":
      return <TextsField {...raw} />;
    case "json":
      return <JsonField {...raw} />;
    default:
      return <PlainTextField {...raw} isLong={kind.isLong} />;
  }
}

function written(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function ChoiceField({
  label,
  hint,
  value,
  onChange,
  options,
}: RawFieldProps & { options: readonly string[] }) {
  return (
    <SelectField
      label={label}
      hint={hint}
      value={typeof value === "string" ? value : ""}
      onChange={({ target }) => onChange(target.value || undefined)}
      options={[{ value: "", text: "–" }, ...options.map((each) => ({ value: each, text: each }))]}
    />
  );
}

function PlainTextField({ label, hint, value, onChange, isLong }: RawFieldProps & { isLong: boolean }) {
  const text = value === undefined ? "" : typeof value === "string" ? value : judgeName(value);
  const set = (next: string) => onChange(next === "" ? undefined : next);
  const Field = isLong ? TextArea : TextField;
  return (
    <Field label={label} hint={hint} value={text} onChange={({ target }: TextEvent) => set(target.value)} />
  );
}

interface TextEvent {
  target: { value: string };
}

/** A judge that was pinned when the suite was stored, as people write it. */
function judgeName(value: Json): string {
  const { prompt, version } = (value ?? {}) as { prompt?: unknown; version?: unknown };
  return typeof prompt === "string" ? `${prompt}@${String(version)}` : JSON.stringify(value);
}

interface RawFieldProps {
  label: string;
  hint: string;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

function TextsField({ label, hint, value, onChange }: RawFieldProps) {
  const { t } = useTranslation("suites");
  const texts = Array.isArray(value) ? value.map(String) : [];
  return (
    <TextArea
      label={label}
      hint={`${hint} ${t("onePerLine")}`}
      value={texts.join("\n")}
      onChange={({ target }) => onChange(target.value === "" ? undefined : target.value.split("\n"))}
    />
  );
}

/** What no simple field can hold; it is taken over as soon as it is JSON. */
function JsonField({ label, hint, value, onChange }: RawFieldProps) {
  const { t } = useTranslation("suites");
  const [text, setText] = useState(value === undefined ? "" : JSON.stringify(value, null, 2));
  const [isWrong, setWrong] = useState(false);
  const set = (next: string) => {
    setText(next);
    try {
      onChange(next.trim() === "" ? undefined : (JSON.parse(next) as Json));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <TextArea
      label={`${label} (JSON)`}
      hint={hint}
      className="font-mono"
      error={isWrong ? t("noJson") : undefined}
      value={text}
      onChange={({ target }) => set(target.value)}
    />
  );
}

import { useTranslation } from "react-i18next";
import { SelectField, TextArea, TextField } from "../components/field.tsx";
import type { SampleField, Samples } from "./sample-fields.ts";

interface SampleFormProps {
  fields: readonly SampleField[];
  samples: Samples;
  onChange: (samples: Samples) => void;
  /** Variables without which nothing can be rendered. */
  missing: readonly string[];
}

/** A field for each variable, as its schema describes it. The values stay in this browser. */
export function SampleForm({ fields, samples, onChange, missing }: SampleFormProps) {
  const { t } = useTranslation("prompts");
  if (fields.length === 0) return <p className="text-sm text-ink-soft">{t("preview.noVariables")}</p>;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm text-ink-soft">{t("preview.samples")}</legend>
      {fields.map((field) => (
        <SampleInput
          key={field.name}
          field={field}
          value={samples[field.name] ?? ""}
          onChange={(text) => onChange({ ...samples, [field.name]: text })}
          isMissing={missing.includes(field.name)}
        />
      ))}
    </fieldset>
  );
}

interface SampleInputProps {
  field: SampleField;
  value: string;
  onChange: (text: string) => void;
  isMissing: boolean;
}

function SampleInput({ field, value, onChange, isMissing }: SampleInputProps) {
  const { t } = useTranslation("prompts");
  const shared = {
    label: field.isRequired ? t("preview.requiredField", { name: field.name }) : field.name,
    hint: field.description || (field.kind === "list" ? t("preview.listHint") : undefined),
    error: isMissing ? t("preview.fillIn") : undefined,
    value,
  };
  if (field.kind === "choice" || field.kind === "boolean") {
    const values = field.kind === "boolean" ? ["true", "false"] : field.choices;
    const text = (each: string) => (field.kind === "boolean" ? t(`preview.${each}`) : each);
    const options = values.map((each) => ({ value: each, text: text(each) }));
    return (
      <SelectField
        {...shared}
        onChange={(event) => onChange(event.target.value)}
        options={[{ value: "", text: t("preview.noValue") }, ...options]}
      />
    );
  }
  if (field.kind === "number") {
    return <TextField {...shared} inputMode="decimal" onChange={(event) => onChange(event.target.value)} />;
  }
  return <TextArea {...shared} rows={2} onChange={(event) => onChange(event.target.value)} />;
}

import { useTranslation } from "react-i18next";
import { Bdi } from "./bdi.tsx";
import { SelectField, TextArea, TextField } from "./field.tsx";
import type { TypedVariables, VariableField } from "./variable-field.ts";

interface VariablesFormProps {
  fields: readonly VariableField[];
  typed: TypedVariables;
  /** Names of fields whose text is no value of their kind. */
  wrong: readonly string[];
  onType: (name: string, text: string) => void;
}

/** A form made of a prompt's schema: one field for each variable. */
export function VariablesForm({ fields, typed, wrong, onType }: VariablesFormProps) {
  const { t } = useTranslation("shell");
  if (fields.length === 0) return null;
  return (
    <div className="grid gap-3">
      {fields.map((field) => (
        <VariableInput
          key={field.name}
          field={field}
          text={typed[field.name] ?? ""}
          error={wrong.includes(field.name) ? t(`variables.wrong.${field.kind}`) : undefined}
          onType={(text) => onType(field.name, text)}
        />
      ))}
    </div>
  );
}

interface VariableInputProps {
  field: VariableField;
  text: string;
  error: string | undefined;
  onType: (text: string) => void;
}

function VariableInput({ field, text, error, onType }: VariableInputProps) {
  const { t } = useTranslation("shell");
  const { name, kind, isRequired, description, choices } = field;
  const shared = {
    label: isRequired ? name : t("variables.optional", { name }),
    value: text,
    error,
    ...(description !== undefined && { hint: <Bdi>{description}</Bdi> }),
    onChange: (event: { target: { value: string } }) => onType(event.target.value),
  };
  if (kind === "choice" || kind === "boolean") {
    const values = kind === "boolean" ? ["true", "false"] : choices;
    const texts = (value: string) => (kind === "boolean" ? t(`variables.${value}`) : value);
    return (
      <SelectField
        {...shared}
        options={[
          { value: "", text: t("variables.none") },
          ...values.map((value) => ({ value, text: texts(value) })),
        ]}
      />
    );
  }
  if (kind === "number") return <TextField {...shared} inputMode="decimal" />;
  return (
    <TextArea {...shared} rows={kind === "json" ? 4 : 2} {...(kind === "json" && { spellCheck: false })} />
  );
}

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/button.tsx";
import { CheckField, SelectField, TextField } from "../components/field.tsx";
import { type SchemaRow, VARIABLE_TYPES, type VariableType } from "./schema-rows.ts";

interface VariableRowProps {
  row: SchemaRow;
  takenNames: readonly string[];
  onChange: (row: SchemaRow) => void;
  onRemove: () => void;
}

export function VariableRow({ row, takenNames, onChange, onRemove }: VariableRowProps) {
  const { t } = useTranslation("prompts");
  return (
    <li className="grid min-w-0 items-start gap-2 rounded-lg border border-line p-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1.4fr)_minmax(0,3fr)_auto]">
      <NameField name={row.name} takenNames={takenNames} onChange={(name) => onChange({ ...row, name })} />
      <div className="flex flex-col gap-1.5">
        <SelectField
          label={t("variables.type")}
          value={row.type}
          onChange={(event) => onChange({ ...row, type: event.target.value as VariableType })}
          options={VARIABLE_TYPES.map((type) => ({ value: type, text: t(`variables.types.${type}`) }))}
        />
        <CheckField
          label={t("variables.required")}
          checked={row.isRequired}
          onChange={(event) => onChange({ ...row, isRequired: event.target.checked })}
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <TextField
          label={t("variables.description")}
          value={row.description}
          onChange={(event) => onChange({ ...row, description: event.target.value })}
        />
        {row.type === "choice" && (
          <TextField
            label={t("variables.choices")}
            value={row.choices}
            onChange={(event) => onChange({ ...row, choices: event.target.value })}
          />
        )}
      </div>
      <IconButton
        label={t("variables.remove", { name: row.name })}
        icon={<Trash2 className="size-4" aria-hidden />}
        onClick={onRemove}
      />
    </li>
  );
}

interface NameFieldProps {
  name: string;
  takenNames: readonly string[];
  onChange: (name: string) => void;
}

/** A name that is taken or empty is not let into the schema, where it would swallow another. */
function NameField({ name, takenNames, onChange }: NameFieldProps) {
  const { t } = useTranslation("prompts");
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? name;
  const problem = takenNames.includes(shown)
    ? t("variables.taken")
    : /^[A-Za-z_]\w*$/.test(shown)
      ? undefined
      : t("variables.badName");
  const change = (next: string) => {
    const isFit = /^[A-Za-z_]\w*$/.test(next) && !takenNames.includes(next);
    setTyped(isFit ? null : next);
    if (isFit) onChange(next);
  };
  return (
    <TextField
      label={t("variables.name")}
      value={shown}
      spellCheck={false}
      error={problem}
      onChange={(event) => change(event.target.value)}
    />
  );
}

import { useTranslation } from "react-i18next";
import { CheckField, SelectField, TextField } from "../components/field.tsx";
import type { MappingFields } from "./case-mapping.ts";

const CHOICES = {
  messages: ["all", "last", "none"],
  variables: ["all", "none"],
  expected: ["feedback", "correction", "output", "none"],
} as const;

interface MappingFormProps {
  fields: MappingFields;
  onChange: (fields: MappingFields) => void;
}

/** What of a request becomes what of a case. */
export function MappingForm({ fields, onChange }: MappingFormProps) {
  const { t } = useTranslation("traces");
  const choice = <N extends keyof typeof CHOICES>(name: N) => ({
    label: t(`cases.${name}`),
    value: fields[name],
    options: CHOICES[name].map((value) => ({ value, text: t(`cases.${name}Choices.${value}`) })),
    onChange: ({ target }: { target: { value: string } }) => onChange({ ...fields, [name]: target.value }),
  });
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField {...choice("messages")} />
      <SelectField {...choice("variables")} />
      <SelectField {...choice("expected")} />
      <TextField
        label={t("cases.tags")}
        hint={t("cases.tagsHint")}
        value={fields.tags}
        onChange={(event) => onChange({ ...fields, tags: event.target.value })}
      />
      <TextField
        label={t("cases.group")}
        hint={t("cases.groupHint")}
        value={fields.groupByVariable}
        onChange={(event) => onChange({ ...fields, groupByVariable: event.target.value })}
      />
      <CheckField
        label={t("cases.redact")}
        hint={t("cases.redactHint")}
        checked={fields.redact}
        onChange={(event) => onChange({ ...fields, redact: event.target.checked })}
      />
    </div>
  );
}

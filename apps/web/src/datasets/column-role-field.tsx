import { useTranslation } from "react-i18next";
import { SelectField } from "../components/field.tsx";
import { FilterField } from "../components/filter-field.tsx";
import { COLUMN_KINDS, isNamedKind, readRole, writeRole } from "./import-plan.ts";

interface ColumnRoleFieldProps {
  column: string;
  role: string;
  onChange: (role: string) => void;
}

/** What one column of a file becomes; variables and fields of the expectation have a name of their own. */
export function ColumnRoleField({ column, role, onChange }: ColumnRoleFieldProps) {
  const { t } = useTranslation("datasets");
  const { kind, name } = readRole(role);
  return (
    <div className="flex flex-col sm:min-w-64 gap-1">
      <SelectField
        label={t("becomesOf", { column })}
        isLabelHidden
        value={kind}
        options={COLUMN_KINDS.map((value) => ({ value, text: t(`roles.${value}`) }))}
        onChange={({ target }) =>
          onChange(
            writeRole({
              kind: COLUMN_KINDS.find((each) => each === target.value) ?? "nothing",
              name,
              column,
            }),
          )
        }
      />
      {isNamedKind(kind) && (
        <FilterField
          label={t(`roleNames.${kind}`, { column })}
          isLabelHidden
          placeholder={t("roleName")}
          maxLength={150}
          value={name}
          onCommit={(text) => onChange(writeRole({ kind, name: text, column }))}
        />
      )}
    </div>
  );
}

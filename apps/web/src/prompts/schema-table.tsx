import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import type { SchemaRow } from "./schema-rows.ts";
import { VariableRow } from "./variable-row.tsx";

interface SchemaTableProps {
  rows: readonly SchemaRow[];
  onChange: (rows: SchemaRow[]) => void;
}

/** A row for each variable: its name, kind, whether it must be there, and what it is. */
export function SchemaTable({ rows, onChange }: SchemaTableProps) {
  const { t } = useTranslation("prompts");
  const names = rows.map(({ name }) => name);
  const add = () => onChange([...rows, { ...EMPTY, name: freeName(names) }]);
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col gap-3">
        {rows.map((row, index) => (
          <VariableRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a name changes at every key, and rows keep their places
            key={index}
            row={row}
            takenNames={names.toSpliced(index, 1)}
            onChange={(next) => onChange(rows.with(index, next))}
            onRemove={() => onChange(rows.toSpliced(index, 1))}
          />
        ))}
      </ul>
      <div>
        <Button isSmall icon={<Plus className="size-4" aria-hidden />} onClick={add}>
          {t("variables.add")}
        </Button>
      </div>
    </div>
  );
}

const EMPTY: Omit<SchemaRow, "name"> = { type: "string", isRequired: true, description: "", choices: "" };

function freeName(taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number += 1) {
    const name = `variable_${number}`;
    if (!taken.includes(name)) return name;
  }
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { JsonField } from "./json-field.tsx";
import { ProblemList } from "./problem-list.tsx";
import { rowsOfSchema, schemaOfRows } from "./schema-rows.ts";
import { SchemaTable } from "./schema-table.tsx";
import type { SectionProps } from "./section-props.ts";
import { problemsAt } from "./shown-problems.ts";

/** What apps must send: a table in the common case, JSON Schema where a table cannot say it. */
export function VariablesSection({ form, change, problems }: SectionProps) {
  const { t } = useTranslation("prompts");
  const [wantsJson, setWantsJson] = useState(false);
  const rows = rowsOfSchema(form.schemaText);
  const set = (schemaText: string) => change((now) => ({ ...now, schemaText }));
  const isJson = wantsJson || rows === null;
  const own = problemsAt(problems, "variables");
  return (
    <Card
      title={t("variables.title")}
      actions={
        <Button isSmall look="quiet" disabled={rows === null} onClick={() => setWantsJson(!isJson)}>
          {t(isJson ? "variables.asTable" : "variables.asJson")}
        </Button>
      }
    >
      <p className="mb-3 text-sm text-ink-soft">
        {t(rows === null ? "variables.onlyJson" : "variables.text")}
      </p>
      {isJson ? (
        <JsonField
          label={t("variables.schema")}
          value={form.schemaText}
          onChange={set}
          problems={own.filter(({ kind }) => kind === "json")}
        />
      ) : (
        <SchemaTable rows={rows} onChange={(next) => set(schemaOfRows(next))} />
      )}
      <ProblemList problems={own.filter(({ kind }) => kind !== "json")} />
    </Card>
  );
}

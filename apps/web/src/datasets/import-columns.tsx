import type { ImportCheck } from "@assay/core";
import { useTranslation } from "react-i18next";
import { SelectField } from "../components/field.tsx";
import { showHidden } from "../components/foreign-text.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { CaseText } from "./case-text.tsx";
import { type ImportPlan, rolesFor } from "./import-plan.ts";

interface ImportColumnsProps {
  check: ImportCheck;
  plan: ImportPlan;
  /** Is there anything that rows could be put after? */
  hasVersion: boolean;
  onChange: (plan: ImportPlan) => void;
}

/** What becomes of each column, with how the first case comes out beside it. */
export function ImportColumns({ check, plan, hasVersion, onChange }: ImportColumnsProps) {
  const { t } = useTranslation("datasets");
  const format = useFormat();
  const [example] = check.examples;
  const choose = (column: string, role: string) =>
    onChange({ ...plan, mapping: { ...plan.mapping, [column]: role } });
  return (
    <>
      <div className="flex flex-wrap gap-3">
        <SelectField
          label={t("format")}
          value={plan.format}
          options={["csv", "jsonl"].map((value) => ({ value, text: value.toUpperCase() }))}
          onChange={({ target }) =>
            onChange({ ...plan, format: target.value as ImportPlan["format"], mapping: undefined })
          }
        />
        {hasVersion && (
          <SelectField
            label={t("mode")}
            value={plan.mode}
            options={(["replace", "append"] as const).map((value) => ({ value, text: t(`modes.${value}`) }))}
            onChange={({ target }) => onChange({ ...plan, mode: target.value as ImportPlan["mode"] })}
          />
        )}
      </div>
      <Table
        caption={t("columnsOfFile")}
        rows={check.columns}
        rowKey={({ name }) => name}
        columns={[
          {
            key: "name",
            title: t("column"),
            cell: ({ name }) => (
              <bdi className="font-mono text-sm [overflow-wrap:anywhere]">{showHidden(name)}</bdi>
            ),
          },
          {
            key: "role",
            title: t("becomes"),
            cell: ({ name, role }) => (
              <SelectField
                label={t("becomesOf", { column: name })}
                isLabelHidden
                className="min-w-40"
                value={plan.mapping?.[name] ?? role}
                options={roleOptions(name, role).map(({ value, kind, name: own }) => ({
                  value,
                  text: t(`roles.${kind}`, { name: own ?? "" }),
                }))}
                onChange={({ target }) => choose(name, target.value)}
              />
            ),
          },
          {
            key: "samples",
            title: t("samples"),
            cell: ({ samples }) => (
              <bdi className="line-clamp-2 text-sm text-ink-soft [overflow-wrap:anywhere]">
                {samples.map(showHidden).join(" · ")}
              </bdi>
            ),
          },
        ]}
      />
      <p role="status" className={check.wrongRows > 0 ? "text-warn" : "text-ink-soft"}>
        {t("previewCount", {
          count: check.cases,
          cases: format.integer(check.cases),
          wrong: format.integer(check.wrongRows),
        })}
        {check.wrong[0] !== undefined && (
          <bdi className="block text-sm [overflow-wrap:anywhere]">
            {t("firstWrong", { row: check.wrong[0].row })} {showHidden(check.wrong[0].message)}
          </bdi>
        )}
      </p>
      {example !== undefined && (
        <section aria-labelledby="example" className="rounded-xl border border-line p-4">
          <h3 id="example" className="mb-3 font-semibold">
            {t("firstCase")} <bdi className="font-mono text-sm font-normal">{showHidden(example.key)}</bdi>
          </h3>
          <CaseText of={example} />
        </section>
      )}
    </>
  );
}

/** With the one that is chosen, wherever it comes from. */
function roleOptions(column: string, role: string): ReturnType<typeof rolesFor> {
  const roles = rolesFor(column);
  if (roles.some(({ value }) => value === role)) return roles;
  const kind = role.startsWith("var.") ? "variable" : "expectedField";
  return [...roles, { value: role, kind, name: role.slice(role.indexOf(".") + 1) }];
}

import type { ImportCheck } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { SelectField } from "../components/field.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { showHidden } from "../i18n/show-hidden.ts";
import { CaseText } from "./case-text.tsx";
import { ColumnRoleField } from "./column-role-field.tsx";
import { type ImportPlan, rolesOf } from "./import-plan.ts";
import { LackingNotice } from "./lacking-notice.tsx";

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
            options={(["append", "replace"] as const).map((value) => ({ value, text: t(`modes.${value}`) }))}
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
            cell: ({ name }) => <Bdi className="font-mono text-sm [overflow-wrap:anywhere]">{name}</Bdi>,
          },
          {
            key: "role",
            title: t("becomes"),
            isWide: true,
            cell: ({ name, role }) => (
              <ColumnRoleField
                column={name}
                role={plan.mapping?.[name] ?? role}
                onChange={(chosen) => choose(name, chosen)}
              />
            ),
          },
          {
            key: "samples",
            title: t("samples"),
            cell: ({ samples }) => (
              <Bdi className="line-clamp-2 text-sm text-ink-soft [overflow-wrap:anywhere]">
                {samples.map(showHidden).join(" · ")}
              </Bdi>
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
          <Bdi className="block text-sm [overflow-wrap:anywhere]">
            {t("firstWrong", { row: check.wrong[0].row })} {showHidden(check.wrong[0].message)}
          </Bdi>
        )}
      </p>
      <LackingNotice roles={rolesOf(plan, check)} />
      {example !== undefined && (
        <section aria-labelledby="example" className="rounded-xl border border-line p-4">
          <h3 id="example" className="mb-3 font-semibold">
            {t("firstCase")} <Bdi className="font-mono text-sm font-normal">{example.key}</Bdi>
          </h3>
          <CaseText of={example} />
        </section>
      )}
    </>
  );
}

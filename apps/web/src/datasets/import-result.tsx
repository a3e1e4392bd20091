import type { Dataset, ImportCheck, WrongRow } from "@assay/core";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { download } from "../components/download.ts";
import { TextField } from "../components/field.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { showHidden } from "../i18n/show-hidden.ts";
import { ImportMeaning } from "./import-meaning.tsx";
import { type ImportPlan, rolesOf } from "./import-plan.ts";
import { LackingNotice } from "./lacking-notice.tsx";
import { rejectedCsv } from "./rejected-csv.ts";

const LISTED_MAX = 50;

interface ImportResultProps {
  check: ImportCheck;
  plan: ImportPlan;
  dataset: Dataset;
  fileName: string;
  note: string;
  onNote: (note: string) => void;
}

/** What the whole file comes to, before it is stored. */
export function ImportResult({ check, plan, dataset, fileName, note, onNote }: ImportResultProps) {
  const { t } = useTranslation("datasets");
  const format = useFormat();
  return (
    <>
      <div
        role="status"
        className={
          check.wrongRows > 0
            ? "rounded-lg bg-warn-soft px-4 py-3 text-warn"
            : "rounded-lg bg-good-soft px-4 py-3 text-good"
        }
      >
        <p className="font-semibold">
          {t("goodRows", { count: check.cases, cases: format.integer(check.cases) })}
        </p>
        {check.wrongRows > 0 && (
          <p>{t("wrongRows", { count: check.wrongRows, rows: format.integer(check.wrongRows) })}</p>
        )}
      </div>
      <LackingNotice roles={rolesOf(plan, check)} />
      {check.cases > 0 && <ImportMeaning {...{ plan, dataset, cases: check.cases }} />}
      {check.wrongRows > 0 && <WrongRows check={check} fileName={fileName} />}
      {check.cases > 0 && (
        <TextField
          label={t("note")}
          hint={t("noteHint")}
          maxLength={1_000}
          value={note}
          onChange={({ target }) => onNote(target.value)}
        />
      )}
    </>
  );
}

function WrongRows({ check, fileName }: { check: ImportCheck; fileName: string }) {
  const { t } = useTranslation("datasets");
  const { wrong, wrongRows } = check;
  const save = () => {
    const isTable = wrong.some(({ cells }) => cells.length > 1);
    const columns = isTable ? check.columns.map(({ name }) => name) : [t("row")];
    download(
      new Blob([rejectedCsv(columns, wrong, [t("line"), t("problem")])], { type: "text/csv" }),
      `${fileName.replace(/\.\w+$/, "")}-${t("rejectedFile")}.csv`,
    );
  };
  return (
    <section className="flex flex-col gap-2" aria-label={t("wrongRowsTitle")}>
      <div className="flex flex-wrap items-center gap-2">
        <p className="flex-1 text-sm text-ink-soft">{t("wrongRowsText")}</p>
        <Button isSmall icon={<Download className="size-4" aria-hidden />} onClick={save}>
          {t("downloadRejected")}
        </Button>
      </div>
      <Table<WrongRow>
        caption={t("wrongRowsTitle")}
        rows={wrong.slice(0, LISTED_MAX)}
        rowKey={({ row }) => String(row)}
        columns={[
          { key: "line", title: t("line"), isNumber: true, cell: ({ row }) => row },
          {
            key: "problem",
            title: t("problem"),
            cell: ({ message }) => <Bdi className="[overflow-wrap:anywhere]">{message}</Bdi>,
          },
          {
            key: "text",
            title: t("row"),
            cell: ({ cells }) => (
              <Bdi className="line-clamp-2 font-mono text-sm text-ink-soft [overflow-wrap:anywhere]">
                {showHidden(cells.join(" · ").slice(0, 300))}
              </Bdi>
            ),
          },
        ]}
      />
      {wrongRows > LISTED_MAX && (
        <p className="text-sm text-ink-soft">{t("andMore", { count: wrongRows - LISTED_MAX })}</p>
      )}
    </section>
  );
}

import { cpus } from "node:os";
import { isMet, type ScoreRow } from "./measurements.ts";

/** The table's head, for a table that grows row by row. */
export const TABLE_HEAD = "| work | figure | target | met |\n|---|---:|---:|---|";

/** One row of the Markdown table. */
export function tableRow(row: ScoreRow): string {
  const met = isMet(row);
  return `| ${row.work} | ${percent(row.share)} | ${targetText(row) ?? ""} | ${met === undefined ? "" : met ? "yes" : "NO"} |`;
}

/** The report in the form that all benchmarks share: a share is from 0 to 1, there is no peer to compare with. */
export function scoreReport(rows: readonly ScoreRow[]): object {
  return {
    name: "starter",
    machine: `${cpus()[0]?.model ?? "unknown processor"}, ${process.platform} ${process.arch}, Node ${process.version}`,
    rows: rows.map((row) => ({
      work: row.work,
      unit: "share",
      peer: null,
      ours: Number(row.share.toFixed(4)),
      ratio: null,
      target: row.target === undefined ? null : `${row.target.kind} ${Number(row.target.share.toFixed(4))}`,
      met: isMet(row) ?? null,
    })),
  };
}

function targetText(row: ScoreRow): string | undefined {
  return row.target && `${row.target.kind} ${percent(row.target.share)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

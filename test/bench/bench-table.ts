import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";

/** One line of a benchmark's table; figures are medians of its rounds. */
export interface BenchRow {
  work: string;
  unit: string;
  /** What it is held against: a rival in the same go, or a limit. */
  peer: number | null;
  ours: number;
  /** The smallest and the largest of the rounds. */
  spread: [number, number];
  ratio: number | null;
  target: string;
  met: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

export function spreadOf(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

const shown = (value: number | null) =>
  value === null ? "–" : String(Number(value.toPrecision(value < 10 ? 3 : 4)));

export function markdownTable(rows: readonly BenchRow[]): string {
  const lines = rows.map((row) => {
    const spread = `${shown(row.spread[0])} to ${shown(row.spread[1])}`;
    const cells = [
      row.work,
      row.unit,
      shown(row.peer),
      shown(row.ours),
      spread,
      shown(row.ratio),
      row.target,
    ];
    return `| ${[...cells, row.met ? "yes" : "**no**"].join(" | ")} |`;
  });
  const head = "| work | unit | peer | ours | spread | ratio | target | met |";
  return [head, "| --- | --- | ---: | ---: | --- | ---: | --- | --- |", ...lines].join("\n");
}

export async function writeJson(file: string, name: string, rows: readonly BenchRow[]): Promise<void> {
  const document = { name, machine: describeMachine(), rows };
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
}

export function describeMachine(): string {
  return `${availableParallelism()} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}, ${process.platform}`;
}

import { randomUUID } from "node:crypto";
import Table from "cli-table3";
import pico from "picocolors";
import { printable } from "./printable.ts";

type Style = "bold" | "dim" | "red" | "green" | "yellow";
export type Colors = Record<Style, (text: string) => string>;

/** A place to write; `isTty` says that a person watches it. */
export interface Sink {
  write(text: string): void;
  isTty: boolean;
  /** Waits for what was written, and says why some of it was lost. A reader who stopped reading loses nothing. */
  lost?(): Promise<Error | undefined>;
}

export interface Output {
  /** Colours for stdout, or none. What they go around may hold anything. */
  colors: Colors;
  /** One or more lines on stdout. */
  line(text?: string): void;
  /** A table on stdout; cells are made printable here. */
  table(head: readonly string[], rows: readonly (readonly TableCell[])[]): void;
  /** A document for machines on stdout, exactly as it is. */
  document(text: string): void;
  /** Words beside the result, on stderr. */
  note(text: string): void;
  /** Where progress is shown. */
  stderr: Sink;
  /** Why some of stdout is lost, once everything was written. Writing itself never throws. */
  lost(): Promise<Error | undefined>;
}

export type TableCell =
  | string
  | number
  | null
  | undefined
  | { text: string; style: (text: string) => string };

/** Results go to stdout, words beside them to stderr; neither carries a control character that is not ours. */
export function createOutput(sinks: { stdout: Sink; stderr: Sink }, isColorOff: boolean): Output {
  const stdout = sturdy(sinks.stdout);
  const stderr = sturdy(sinks.stderr);
  const { colors, reveal } = openColors(stdout.isTty && !isColorOff);
  return {
    colors,
    line: (text = "") => stdout.write(`${reveal(printable(text))}\n`),
    table: (head, rows) => {
      const bold = head.map((title) => reveal(colors.bold(oneLine(title))));
      const cells = rows.map((row) => row.map((cell) => reveal(cellText(cell))));
      stdout.write(`${renderTable(bold, cells)}\n`);
    },
    document: (text) => stdout.write(text.endsWith("\n") ? text : `${text}\n`),
    note: (text) => stderr.write(`${printable(text)}\n`),
    stderr,
    lost: stdout.lost,
  };
}

/** The same sink, whose failures are kept for `lost` instead of ending the work that only wanted to tell of itself. */
function sturdy(sink: Sink): Required<Sink> {
  let failure: Error | undefined;
  return {
    isTty: sink.isTty,
    write(text) {
      try {
        sink.write(text);
      } catch (error) {
        failure ??= error instanceof Error ? error : new Error(String(error));
      }
    },
    lost: async () => failure ?? (await sink.lost?.()),
  };
}

/**
 * Our own colours, each escape written as a mark until all else was made printable. The mark is drawn anew each time, so
 * that no foreign text can hold it and paint itself as a verdict of ours.
 */
function openColors(isOn: boolean): { colors: Colors; reveal: (text: string) => string } {
  const mark = randomUUID();
  const pen = pico.createColors(isOn);
  const style = (name: Style) => {
    const [open = "", close = ""] = pen[name]("|").replaceAll("\u001b", mark).split("|");
    return (text: string) => `${open}${text}${close}`;
  };
  return {
    colors: {
      bold: style("bold"),
      dim: style("dim"),
      red: style("red"),
      green: style("green"),
      yellow: style("yellow"),
    },
    reveal: (text) => text.replaceAll(mark, "\u001b"),
  };
}

function renderTable(head: string[], rows: string[][]): string {
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 2 },
    chars: NO_BORDERS,
  });
  table.push(...rows);
  const lines = table.toString().split("\n");
  return lines.map((line) => line.trimEnd()).join("\n");
}

function cellText(cell: TableCell): string {
  if (cell === null || cell === undefined) return "–";
  if (typeof cell === "object") return cell.style(oneLine(cell.text));
  return oneLine(String(cell));
}

function oneLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, " "));
}

const NO_BORDERS = Object.fromEntries(
  [
    ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ]
    .flat()
    .map((part) => [part, ""]),
);

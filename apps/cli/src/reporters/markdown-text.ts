import { printableLine } from "../printable.ts";

/**
 * Text that Markdown and HTML leave alone: every character either could act on (tags, links, bare addresses, mentions,
 * images, emphasis, cell borders) is written as an entity.
 */
export function inert(text: string, lengthMax = 300): string {
  return printableLine(text.toWellFormed(), lengthMax).replaceAll(
    /(?<=www)\.|[^\p{L}\p{N}\p{M} .,;"'(){}=/…–✓✗?%+-]/giu,
    (character) => `&#${character.codePointAt(0)};`,
  );
}

export function code(text: string | undefined, lengthMax = 120): string {
  return text === undefined ? "–" : `<code>${inert(text, lengthMax)}</code>`;
}

/** A table's lines; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** Lines that a reader opens when wanted. */
export function details(summary: string, lines: readonly string[]): string[] {
  return ["", `<details><summary>${summary}</summary>`, "", ...lines, "", "</details>"];
}

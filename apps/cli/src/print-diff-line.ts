import type { DiffLine } from "@assay/core";
import type { Output } from "./output.ts";

/** One line of a difference, indented, with its sign and colour. */
export function printDiffLine(out: Output, { kind, text }: DiffLine): void {
  const { green, red, dim } = out.colors;
  const styles = { added: green, removed: red, same: dim };
  const signs = { added: "+", removed: "-", same: " " };
  out.line(styles[kind](`    ${signs[kind]} ${text}`));
}

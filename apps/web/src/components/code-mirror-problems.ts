import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { EditorProblem } from "./code-editor.tsx";

/** Problems as marks in a text; those of no line are told elsewhere. Lines that are gone since are left out. */
export function diagnosticsOf(doc: Text, problems: readonly EditorProblem[]): Diagnostic[] {
  return problems
    .flatMap(({ severity, message, line, column, length = 1 }): Diagnostic[] => {
      if (line === null || line < 1 || line > doc.lines) return [];
      const { from: start, to: end } = doc.line(line);
      const from = Math.min(start + Math.max(0, (column ?? 1) - 1), end);
      return [{ severity, message, from, to: Math.min(from + length, end) }];
    })
    .sort((one, other) => one.from - other.from);
}

import type { EditorProblem } from "../components/code-editor.tsx";
import type { ShownProblem } from "../components/use-problem-words.ts";
import type { PromptChecking } from "./use-prompt-check.ts";

export function problemsOf({ check, problems }: Pick<PromptChecking, "check" | "problems">): ShownProblem[] {
  const own = problems.map((problem) => ({ ...problem, severity: "error" as const }));
  // A part that the form cannot read never got to the server, which then speaks of its absence.
  const unread = new Set(own.map(({ path }) => path));
  return [...own, ...(check?.problems ?? []).filter(({ path }) => !unread.has(path))];
}

/** Problems of a place and of what is within it. */
export function problemsAt(problems: readonly ShownProblem[], path: string): ShownProblem[] {
  return problems.filter(
    (problem) =>
      problem.path === path || problem.path.startsWith(`${path}.`) || problem.path.startsWith(`${path}[`),
  );
}

/** For the editor of one text. */
export function marksOf(problems: readonly ShownProblem[]): EditorProblem[] {
  return problems.map((problem) => ({
    severity: problem.severity,
    message: problem.message,
    line: "line" in problem ? problem.line : null,
    column: "column" in problem ? problem.column : null,
    ...("name" in problem && problem.name !== null && { length: problem.name.length }),
  }));
}

export function hasErrors(problems: readonly ShownProblem[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}

import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import type { ShownProblem } from "./shown-problems.ts";

interface ProblemListProps {
  problems: readonly ShownProblem[];
  /** Named by the editor that they belong to. */
  id?: string;
  /** A way out of a problem, beside it. */
  actionFor?: (problem: ShownProblem) => ReactNode;
}

/** What is wrong, in words and with its line; nothing where nothing is. */
export function ProblemList({ problems, id, actionFor }: ProblemListProps) {
  const words = useProblemWords();
  return (
    <ul id={id} className="flex flex-col gap-1 text-sm empty:hidden">
      {problems.map((problem) => {
        const isError = problem.severity === "error";
        const Icon = isError ? CircleAlert : TriangleAlert;
        return (
          <li
            key={`${problem.path} ${problem.message} ${"line" in problem ? problem.line : ""}`}
            className={`flex items-start gap-1.5 ${isError ? "text-bad" : "text-warn"}`}
          >
            <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <Bdi>{words(problem)}</Bdi>
            </span>
            {actionFor?.(problem)}
          </li>
        );
      })}
    </ul>
  );
}

/** What a mark of the template language goes with. */
const OTHER_MARKS: Readonly<Record<string, string>> = { "{{": "}}", "}}": "{{", "{%": "%}", "%}": "{%" };

function valuesOf(name: string): { name: string; other: string } {
  return { name, other: OTHER_MARKS[name] ?? "" };
}

/** A problem as a sentence in the reader's language, where it is one that the page knows; else as the server says it. */
export function useProblemWords(): (problem: ShownProblem) => string {
  const { t } = useTranslation("prompts");
  return (problem) => {
    if (problem.kind === "json") return t("problems.json", { message: problem.message });
    if (problem.kind === "number") return t("problems.number", { text: problem.message });
    if (problem.kind === "name") return t("problems.partialName");
    if (!("line" in problem)) return problem.message;
    const { kind, name, line, column, message } = problem;
    const said = kind === "other" ? message : t(`problems.${kind}`, valuesOf(name ?? ""));
    return line === null ? said : t("problems.atLine", { line, column: column ?? 1, said });
  };
}

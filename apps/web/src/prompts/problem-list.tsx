import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Bdi } from "../components/bdi.tsx";
import type { ShownProblem } from "../components/use-problem-words.ts";
import { useProblemWords } from "../components/use-problem-words.ts";

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

import { useId, useMemo } from "react";
import { CodeEditor } from "../components/code-editor.tsx";
import type { ShownProblem } from "../components/use-problem-words.ts";
import { ProblemList } from "./problem-list.tsx";
import { marksOf } from "./shown-problems.ts";

interface JsonFieldProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  problems: readonly ShownProblem[];
}

/** JSON to be written by hand, with what is wrong with it below. */
export function JsonField({ label, value, onChange, problems }: JsonFieldProps) {
  const id = useId();
  const marks = useMemo(() => marksOf(problems), [problems]);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <CodeEditor
        label={label}
        language="json"
        value={value}
        onChange={onChange}
        problems={marks}
        describedBy={id}
      />
      <ProblemList id={id} problems={problems} />
    </div>
  );
}

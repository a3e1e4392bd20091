import { lazy, Suspense } from "react";

/** Something wrong in the text of an editor, from 1 on; without a line it is about the whole. */
export interface EditorProblem {
  severity: "error" | "warning";
  message: string;
  line: number | null;
  column: number | null;
  /** How many characters it is about. */
  length?: number;
}

export interface EditorCompletion {
  from: number;
  kind: "variable" | "partial" | "tag" | "filter";
  options: readonly string[];
}

export interface CodeEditorProps {
  /** Read out; the editor has no label of its own. */
  label: string;
  value: string;
  onChange?: (text: string) => void;
  language: "liquid" | "json";
  problems?: readonly EditorProblem[];
  /** What can be completed after this text, which ends at the cursor. */
  complete?: (before: string) => EditorCompletion | null;
  isReadOnly?: boolean;
  /** Ids of what describes it, such as its problems in words. */
  describedBy?: string;
}

const CodeMirror = lazy(async () => ({ default: (await import("./code-mirror.tsx")).CodeMirror }));

/** An editor of templates or JSON. It is loaded when the first one is shown; until then the text can be read. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <Suspense
      fallback={
        <pre className="foreign-text min-h-20 rounded-lg border border-line-strong/70 px-3 py-2 font-mono text-sm">
          {props.value}
        </pre>
      }
    >
      <CodeMirror {...props} />
    </Suspense>
  );
}

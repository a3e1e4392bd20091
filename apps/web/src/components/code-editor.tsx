import { useRef, useState } from "react";
import { loadEditor, useLoadedEditor } from "./load-editor.ts";

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
  /** Ids of what describes it, such as its problems in words. */
  describedBy?: string;
}

/**
 * An editor of templates or JSON: a plain field, which becomes CodeMirror as soon as somebody turns to one. What is only
 * looked at loads no editor.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { label, value, onChange, describedBy } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const [start, setStart] = useState<{ anchor: number; head: number }>();
  const CodeMirror = useLoadedEditor(() => {
    const { current } = area;
    if (current === null || current !== document.activeElement) return;
    setStart({ anchor: current.selectionStart, head: current.selectionEnd });
  });
  if (CodeMirror !== null) return <CodeMirror {...props} startAt={start} />;
  return (
    <textarea
      ref={area}
      aria-label={label}
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => onChange?.(event.target.value)}
      onFocus={() => void loadEditor()}
      onPointerEnter={() => void loadEditor()}
      rows={3}
      className="field-sizing-content max-h-128 min-h-20 w-full rounded-lg border border-line-strong/70 bg-surface py-2 pr-3 pl-8 font-mono text-[0.9rem] leading-[1.55]"
    />
  );
}

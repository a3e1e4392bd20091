import { setDiagnostics } from "@codemirror/lint";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CodeEditorProps } from "./code-editor.tsx";
import { diagnosticsOf } from "./code-mirror-problems.ts";
import { editorState } from "./code-mirror-state.ts";

interface CodeMirrorProps extends CodeEditorProps {
  /** Goes on where the person was in the plain field; without it the focus stays where it is. */
  startAt?: { anchor: number; head: number } | undefined;
}

/** CodeMirror within React: it keeps its own state, and takes over what changes from outside. */
export function CodeMirror(props: CodeMirrorProps) {
  const { t } = useTranslation("shell");
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;
  const { value, problems, label, language, describedBy } = props;

  useEffect(() => {
    if (place.current === null) return;
    const state = editorState({
      text: latest.current.value,
      selection: latest.current.startAt,
      language,
      attributes: {
        "aria-label": label,
        ...(describedBy !== undefined && { "aria-describedby": describedBy }),
      },
      phrases: { Completions: t("completions") },
      onChange: (text) => latest.current.onChange?.(text),
      complete: (before) => latest.current.complete?.(before) ?? null,
    });
    view.current = new EditorView({ state, parent: place.current });
    if (latest.current.startAt !== undefined) view.current.focus();
    return () => {
      view.current?.destroy();
      view.current = null;
    };
  }, [language, label, describedBy, t]);

  useEffect(() => {
    const present = view.current?.state.doc.toString();
    if (present === undefined || present === value) return;
    view.current?.dispatch({ changes: { from: 0, to: present.length, insert: value } });
  }, [value]);

  useEffect(() => {
    if (view.current === null) return;
    const { state } = view.current;
    view.current.dispatch(setDiagnostics(state, diagnosticsOf(state.doc, problems ?? [])));
  }, [problems]);

  return <div ref={place} className="min-w-0" />;
}

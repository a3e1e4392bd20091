import {
  autocompletion,
  type CompletionContext,
  closeBrackets,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import type { CodeEditorProps, EditorCompletion } from "./code-editor.tsx";
import { EDITOR_COLOURS, EDITOR_THEME } from "./code-mirror-theme.ts";
import { LIQUID_MODE } from "./liquid-mode.ts";

interface EditorOptions {
  text: string;
  /** What is selected, and where the cursor is. */
  selection?: { anchor: number; head: number } | undefined;
  language: CodeEditorProps["language"];
  attributes: Record<string, string>;
  phrases: Record<string, string>;
  onChange: (text: string) => void;
  complete: (before: string) => EditorCompletion | null;
}

/** How much of the text before the cursor completion looks at. */
const LOOK_BACK = 2_000;
const LIQUID = StreamLanguage.define(LIQUID_MODE);
const TYPES = { variable: "variable", partial: "text", tag: "keyword", filter: "function" } as const;

export function editorState(options: EditorOptions): EditorState {
  const { text, selection, language, attributes, phrases, onChange } = options;
  return EditorState.create({
    doc: text,
    ...(selection !== undefined && { selection }),
    extensions: [
      ...nonceOfPage(),
      lineNumbers(),
      history(),
      drawSelection(),
      closeBrackets(),
      EditorView.lineWrapping,
      // Tab is not among the keys: it leaves the editor, as it leaves any field.
      keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      language === "json" ? json() : LIQUID,
      syntaxHighlighting(EDITOR_COLOURS),
      EDITOR_THEME,
      autocompletion({ override: [(context) => completionsAt(context, options.complete)], icons: false }),
      EditorState.phrases.of(phrases),
      // Prompts are prose: spelling is looked after as in any text field.
      EditorView.contentAttributes.of({ ...attributes, spellcheck: String(language === "liquid") }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ],
  });
}

/** The editor writes its styles by script, which the page's policy allows to those who know this. */
function nonceOfPage(): Extension[] {
  const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce;
  return nonce ? [EditorView.cspNonce.of(nonce)] : [];
}

function completionsAt(context: CompletionContext, complete: EditorOptions["complete"]) {
  const start = Math.max(0, context.pos - LOOK_BACK);
  const found = complete(context.state.sliceDoc(start, context.pos));
  if (found === null) return null;
  return {
    from: start + found.from,
    options: found.options.map((label) => ({ label, type: TYPES[found.kind] })),
    validFor: /^[\w.-]*$/,
  };
}

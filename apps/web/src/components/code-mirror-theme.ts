import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** By the product's tokens, so that both themes and their contrasts hold here too. */
export const EDITOR_COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword, tags.tagName], color: "var(--info)" },
  { tag: [tags.variableName, tags.propertyName, tags.attributeName], color: "var(--accent)" },
  { tag: [tags.string, tags.attributeValue], color: "var(--good)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--warn)" },
  {
    tag: [tags.bracket, tags.brace, tags.punctuation, tags.separator, tags.operator],
    color: "var(--ink-soft)",
  },
  { tag: [tags.comment, tags.blockComment, tags.lineComment], color: "var(--ink-soft)", fontStyle: "italic" },
]);

export const EDITOR_THEME = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--surface)",
    border: "1px solid color-mix(in srgb, var(--line-strong) 70%, transparent)",
    borderRadius: "0.5rem",
    fontSize: "0.9rem",
  },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "1px" },
  ".cm-scroller": {
    fontFamily: "var(--font-mono, ui-monospace, monospace)",
    lineHeight: "1.55",
    minHeight: "4.5rem",
    maxHeight: "32rem",
  },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0", overflowWrap: "anywhere" },
  ".cm-line": { unicodeBidi: "plaintext" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": {
    backgroundColor: "transparent",
    color: "var(--ink-soft)",
    border: "none",
    paddingLeft: "0.25rem",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 26%, transparent)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "0.5rem",
    boxShadow: "var(--shadow)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--ink)",
  },
});

import type { StreamParser } from "@codemirror/language";

interface LiquidState {
  /** Within `{{ }}`, within `{% %}`, or in the text between. */
  inside: "text" | "output" | "tag";
  /** The tag's own name comes next. */
  isAtName: boolean;
  /** A filter's name comes next. */
  isAtFilter: boolean;
}

const LITERALS = new Set(["true", "false", "nil", "null", "empty", "blank"]);
const OPERATORS = new Set(["and", "or", "contains", "in"]);

/** Colours of Liquid in plain text; what is between its marks is prose and no HTML. */
export const LIQUID_MODE: StreamParser<LiquidState> = {
  name: "liquid",
  startState: () => ({ inside: "text", isAtName: false, isAtFilter: false }),
  token: (stream, state) => {
    if (state.inside === "text") return textToken(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match(/^-?(\}\}|%\})/)) {
      state.inside = "text";
      return "bracket";
    }
    return markToken(stream, state);
  },
};

type Stream = Parameters<StreamParser<LiquidState>["token"]>[0];

function textToken(stream: Stream, state: LiquidState): string | null {
  const opened = stream.match(/^\{[{%]-?/);
  if (opened === null || typeof opened === "boolean") {
    stream.next();
    stream.eatWhile(/[^{]/);
    return null;
  }
  state.inside = opened[0].startsWith("{%") ? "tag" : "output";
  state.isAtName = state.inside === "tag";
  state.isAtFilter = false;
  return "bracket";
}

function markToken(stream: Stream, state: LiquidState): string | null {
  if (stream.match(/^(?:"[^"]*"?|'[^']*'?)/)) return "string";
  if (stream.match(/^\d+(?:\.\d+)?/)) return "number";
  const word = stream.match(/^[A-Za-z_][\w-]*/);
  if (word !== null && typeof word !== "boolean") return wordToken(word[0], state);
  state.isAtFilter = stream.next() === "|";
  return "operator";
}

function wordToken(word: string, state: LiquidState): string {
  const { isAtName, isAtFilter } = state;
  state.isAtName = false;
  state.isAtFilter = false;
  if (isAtName || OPERATORS.has(word)) return "keyword";
  if (isAtFilter) return "keyword";
  return LITERALS.has(word) ? "bool" : "variableName";
}

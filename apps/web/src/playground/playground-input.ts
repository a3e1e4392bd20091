import type { Case, ChatMessage, Json } from "@assay/core";
import { type TypedVariables, typeVariables } from "../components/variable-field.ts";

export interface Turn {
  role: "user" | "assistant";
  text: string;
}

/** What is asked, as it was typed. */
export interface PlaygroundInput {
  variables: TypedVariables;
  turns: readonly Turn[];
}

export const EMPTY_INPUT: PlaygroundInput = { variables: {}, turns: [{ role: "user", text: "" }] };

/** Longer inputs make addresses that browsers and servers cut off. */
const SHARED_LENGTH_MAX = 1_500;

/** Is it short enough to stand in a link? */
export function isShareable(input: PlaygroundInput): boolean {
  return JSON.stringify(input).length <= SHARED_LENGTH_MAX;
}

/** An input that came in an address or from where the browser keeps it; undefined for anything else. */
export function readSharedInput(value: unknown): PlaygroundInput | undefined {
  return isInput(value) ? value : undefined;
}

export function isInput(value: unknown): value is PlaygroundInput {
  if (!isObject(value) || !isObject(value.variables) || !Array.isArray(value.turns)) return false;
  return (
    Object.values(value.variables).every((text) => typeof text === "string") && value.turns.every(isTurn)
  );
}

function isTurn(value: unknown): value is Turn {
  return (
    isObject(value) && (value.role === "user" || value.role === "assistant") && typeof value.text === "string"
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The conversation as it is sent: a turn that says nothing was not said. */
export function messagesOf({ turns }: PlaygroundInput): ChatMessage[] {
  return turns.filter(({ text }) => text.trim() !== "").map(({ role, text }) => ({ role, content: text }));
}

/** A case, or what was kept of a request, as it would be typed. Tools' messages cannot be typed and are left out. */
export function inputFrom({
  variables,
  messages,
}: {
  variables?: Record<string, Json> | null | undefined;
  messages?: Case["messages"] | null;
}): PlaygroundInput {
  const turns = (messages ?? []).flatMap(({ role, content }): Turn[] =>
    (role === "user" || role === "assistant") && typeof content === "string" ? [{ role, text: content }] : [],
  );
  return {
    variables: typeVariables(variables ?? {}),
    turns: turns.length === 0 ? EMPTY_INPUT.turns : turns,
  };
}

/** The conversation goes on: the answer, and room for what is said next. */
export function withAnswer(input: PlaygroundInput, answer: string): PlaygroundInput {
  const said = input.turns.filter(({ text }) => text.trim() !== "");
  return {
    ...input,
    turns: [...said, { role: "assistant", text: answer }, { role: "user", text: "" }],
  };
}

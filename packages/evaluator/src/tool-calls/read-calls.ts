import { canonicalJson, type Json, type ToolCall } from "@assay/core";
import { parseJson } from "../parse-json.ts";

/** A call as two are compared: `arguments` undefined where only the name is asked for. */
export interface ComparedCall {
  name: string;
  arguments: Json | undefined;
}

/** The calls of an answer; arguments that are no JSON stay text, which no expected object is equal to. */
export function callsOf(toolCalls: readonly ToolCall[]): ComparedCall[] {
  return toolCalls.map(({ function: called }) => ({
    name: called.name,
    arguments: jsonOrText(called.arguments),
  }));
}

/**
 * An expectation read as calls: one or a list of names, of `{name, arguments}` or of OpenAI's
 * `{type: "function", function: {name, arguments}}`, bare or under `tool_calls` or `toolCalls`, each also as JSON text,
 * which is how a CSV file holds it. Undefined for anything else.
 */
export function readExpectedCalls(expected: Json | undefined): ComparedCall[] | undefined {
  const value = typeof expected === "string" ? jsonOrText(expected) : expected;
  if (value === undefined) return undefined;
  if (isObject(value)) {
    const inner = value.tool_calls ?? value.toolCalls;
    if (inner !== undefined) return readList(inner);
  }
  return readList(value);
}

/** As OpenAI allows tools to be named, and with the dots that others allow. */
const NAME = /^[\w.-]{1,128}$/;

function readList(value: Json): ComparedCall[] | undefined {
  const calls = (Array.isArray(value) ? value : [value]).map(readCall);
  return calls.some((call) => call === undefined) ? undefined : (calls as ComparedCall[]);
}

function readCall(value: Json): ComparedCall | undefined {
  if (typeof value === "string") return NAME.test(value) ? { name: value, arguments: undefined } : undefined;
  if (!isObject(value)) return undefined;
  if (isObject(value.function)) return readCall(value.function);
  if (typeof value.name !== "string" || !NAME.test(value.name)) return undefined;
  const given = value.arguments;
  return { name: value.name, arguments: typeof given === "string" ? jsonOrText(given) : given };
}

function jsonOrText(text: string): Json {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : text;
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How many of the expected calls were made, each call counting for one expectation at most. */
export function countMatches(
  made: readonly ComparedCall[],
  expected: readonly ComparedCall[],
  how: { arguments: boolean },
): number {
  const left = [...made];
  // Those that say more choose first, so that one that asks only for a name cannot take what another needs.
  const demanding = expected.toSorted(
    (a, b) => Number(a.arguments === undefined) - Number(b.arguments === undefined),
  );
  return demanding.filter((wanted) => {
    const at = left.findIndex((call) => isSameCall(call, wanted, how));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  }).length;
}

export function isSameCall(made: ComparedCall, wanted: ComparedCall, how: { arguments: boolean }): boolean {
  if (made.name !== wanted.name) return false;
  if (!how.arguments || wanted.arguments === undefined) return true;
  return canonicalJson(made.arguments ?? null) === canonicalJson(wanted.arguments);
}

import type { PromptContent, PromptMessage } from "@assay/core";
import { MESSAGE_ROLES } from "@assay/core/plain";

export type MessageRole = (typeof MESSAGE_ROLES)[number];
export const SAMPLING_NAMES = ["temperature", "topP", "maxTokens", "seed"] as const;
export type SamplingName = (typeof SAMPLING_NAMES)[number];

/** One message while it is written. `key` stays with it when it changes places. */
export type FormMessage =
  | { key: string; kind: "text"; role: MessageRole; content: string }
  | { key: string; kind: "history"; max: string };

export interface FormPartial {
  key: string;
  name: string;
  text: string;
}

/** A prompt while it is written: everything as typed, also where it is not fit for a version yet. */
export interface PromptForm {
  messages: FormMessage[];
  partials: FormPartial[];
  /** JSON Schema of the variables as text; empty for none. */
  schemaText: string;
  model: string;
  adapter: string;
  sampling: Record<SamplingName, string>;
  /** One in each line. */
  stop: string;
  toolsText: string;
  responseFormatText: string;
}

/** What the form alone can tell is wrong; `path` as the server names places. */
export interface FormProblem {
  path: string;
  kind: "json" | "number" | "name";
  message: string;
}

let lastKey = 0;

export function newKey(): string {
  lastKey += 1;
  return `${Date.now().toString(36)}-${lastKey}`;
}

export function emptyForm(): PromptForm {
  return {
    messages: [
      { key: newKey(), kind: "text", role: "system", content: "" },
      { key: newKey(), kind: "history", max: "" },
    ],
    partials: [],
    schemaText: "",
    model: "",
    adapter: "",
    sampling: { temperature: "", topP: "", maxTokens: "", seed: "" },
    stop: "",
    toolsText: "",
    responseFormatText: "",
  };
}

export function formOf(content: PromptContent): PromptForm {
  const { sampling, partials = {} } = content;
  const text = (value: unknown) => (value === undefined ? "" : String(value));
  return {
    messages: content.messages.map(formMessageOf),
    partials: Object.entries(partials).map(([name, body]) => ({ key: newKey(), name, text: body })),
    schemaText: jsonText(content.variables),
    model: content.model,
    adapter: content.adapter ?? "",
    sampling: {
      temperature: text(sampling.temperature),
      topP: text(sampling.topP),
      maxTokens: text(sampling.maxTokens),
      seed: text(sampling.seed),
    },
    stop: (sampling.stop ?? []).map(lineOf).join("\n"),
    toolsText: jsonText(content.tools),
    responseFormatText: jsonText(content.responseFormat),
  };
}

function formMessageOf(message: PromptMessage): FormMessage {
  if ("placeholder" in message) {
    return { key: newKey(), kind: "history", max: message.max === undefined ? "" : String(message.max) };
  }
  return { key: newKey(), kind: "text", role: message.role, content: message.content };
}

function jsonText(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}

/** A stop text may hold a line break; in its line it is written as JSON would write it. */
function lineOf(stop: string): string {
  return JSON.stringify(stop).slice(1, -1);
}

function stopOf(line: string): string {
  try {
    return String(JSON.parse(`"${line}"`));
  } catch {
    return line;
  }
}

/**
 * The content that the form stands for, and what the form can tell is wrong. Parts that cannot be read are left out,
 * so that the rest can still be checked and seen.
 */
export function contentOf(form: PromptForm): { content: Record<string, unknown>; problems: FormProblem[] } {
  const problems: FormProblem[] = [];
  const json = (path: string, text: string): unknown => {
    if (text.trim() === "") return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      problems.push({ path, kind: "json", message: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  };
  const number = (path: string, text: string): number | undefined => {
    const typed = text.trim().replace(",", ".");
    if (typed === "") return undefined;
    const value = Number(typed);
    if (Number.isFinite(value)) return value;
    problems.push({ path, kind: "number", message: text });
    return undefined;
  };
  const content = {
    messages: form.messages.map((message, index) =>
      message.kind === "text"
        ? { role: message.role, content: message.content }
        : { placeholder: "history", max: number(`messages[${index}]`, message.max) },
    ),
    partials: partialsOf(form.partials, problems),
    variables: json("variables", form.schemaText),
    model: form.model,
    adapter: form.adapter === "" ? undefined : form.adapter,
    sampling: {
      ...Object.fromEntries(
        SAMPLING_NAMES.map((name) => [name, number(`sampling.${name}`, form.sampling[name])]),
      ),
      stop: stopsOf(form.stop),
    },
    tools: json("tools", form.toolsText),
    responseFormat: json("responseFormat", form.responseFormatText),
  };
  // Members that say nothing are no members: they would make another version of the same content.
  return { content: JSON.parse(JSON.stringify(content)), problems };
}

function stopsOf(text: string): string[] | undefined {
  const stops = text
    .split("\n")
    .filter((line) => line !== "")
    .map(stopOf);
  return stops.length === 0 ? undefined : stops;
}

function partialsOf(
  partials: readonly FormPartial[],
  problems: FormProblem[],
): Record<string, string> | undefined {
  const texts: Record<string, string> = {};
  for (const { name, text } of partials) {
    if (name === "" || Object.hasOwn(texts, name)) {
      problems.push({ path: "partials", kind: "name", message: name });
    } else texts[name] = text;
  }
  return partials.length === 0 ? undefined : texts;
}

/** Do two forms stand for the same content? Keys and spelling of JSON do not count. */
export function isSameForm(one: PromptForm, other: PromptForm): boolean {
  const [first, second] = [one, other].map((form) => {
    const { content, problems } = contentOf(form);
    // What cannot be read is compared as it is typed.
    return JSON.stringify(problems.length === 0 ? content : { ...form, messages: content.messages });
  });
  return first === second;
}

export function writeForm(form: PromptForm): string {
  return JSON.stringify(form);
}

/** A form that was kept as text; null where the text is no form, as after a change of this page. */
export function readForm(text: string): PromptForm | null {
  try {
    const value: unknown = JSON.parse(text);
    return isForm(value) ? value : null;
  } catch {
    return null;
  }
}

function isForm(value: unknown): value is PromptForm {
  if (typeof value !== "object" || value === null) return false;
  const form = value as Record<string, unknown>;
  const texts = ["schemaText", "model", "adapter", "stop", "toolsText", "responseFormatText"];
  const { sampling, messages, partials } = form;
  return (
    texts.every((name) => typeof form[name] === "string") &&
    typeof sampling === "object" &&
    sampling !== null &&
    SAMPLING_NAMES.every((name) => typeof (sampling as Record<string, unknown>)[name] === "string") &&
    Array.isArray(messages) &&
    messages.every(isFormMessage) &&
    Array.isArray(partials) &&
    partials.every((each) => hasTexts(each, ["key", "name", "text"]))
  );
}

function isFormMessage(value: unknown): boolean {
  if (!hasTexts(value, ["key", "kind"])) return false;
  const { kind, role } = value as Record<string, unknown>;
  if (kind === "history") return hasTexts(value, ["max"]);
  return kind === "text" && hasTexts(value, ["content"]) && MESSAGE_ROLES.some((each) => each === role);
}

function hasTexts(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === "string");
}

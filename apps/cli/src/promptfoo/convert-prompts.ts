import type { Json, PromptContent, Sampling } from "@assay/core";
import { parse } from "yaml";
import { convertTemplate, variablesOf } from "./convert-template.ts";
import type { AddNote } from "./notes.ts";
import { asList, asNumber, asText, isMap, type JsonMap, slugOf } from "./plain-values.ts";
import type { ConfigFiles } from "./read-config.ts";

type Message = { role: "system" | "user" | "assistant"; content: string };

export interface ConvertedPrompt {
  slug: string;
  content: PromptContent;
}

export interface PromptSettings {
  /** The name of a prompt that says none of its own, numbered where there are several. */
  name: string;
  model: string;
  sampling: Sampling;
  /** Some test puts text before or after the prompt, so the prompt has a place for it. */
  withAffixes: boolean;
}

/** The variables in which a case's own prefix and suffix stand. */
export const AFFIXES = { prefix: "prompt_prefix", suffix: "prompt_suffix" } as const;

/** Every prompt of a config as a prompt file's content: its messages, or its text as one message of the user's. */
export async function convertPrompts(
  config: JsonMap,
  settings: PromptSettings,
  { files, note }: { files: ConfigFiles; note: AddNote },
): Promise<{ prompts: ConvertedPrompt[]; variables: string[] }> {
  const sources: { place: string; text: string; label: string | undefined }[] = [];
  for (const [index, item] of asList(config.prompts).entries()) {
    const place = `prompts[${index}]`;
    const label = isMap(item) && typeof item.label === "string" ? item.label : undefined;
    for (const text of await textsOf(item, { place, files, note })) sources.push({ place, text, label });
  }
  const read = sources.map((source) => ({
    ...source,
    messages: withAffixes(messagesOf(source.text, source.place, note), settings.withAffixes),
  }));
  // The prompts share their cases, so each declares the variables of all. What values they take is said nowhere.
  const contents = read.flatMap(({ messages }) => messages.map(({ content }) => content));
  const variables = [...new Set(contents.flatMap(variablesOf))];
  const properties = Object.fromEntries(variables.map((name) => [name, {}]));
  const { model, sampling } = settings;
  const prompts = read.map(({ label, messages }, index) => {
    const fallback = read.length === 1 ? settings.name : `${settings.name}-${index + 1}`;
    const schema = variables.length === 0 ? {} : { variables: { type: "object", properties } };
    return {
      slug: label === undefined ? fallback : slugOf(label, fallback),
      content: { model, sampling, messages, ...schema },
    };
  });
  return { prompts, variables };
}

async function textsOf(
  item: Json,
  { place, files, note }: { place: string; files: ConfigFiles; note: AddNote },
): Promise<string[]> {
  const source = isMap(item) ? asText(item.raw ?? item.id) : asText(item);
  const isFile = source.startsWith("file://") || /^[\w./-]+\.(txt|md|json|ya?ml|j2)$/.test(source);
  if (/^(?:file:\/\/|exec:)?\S+\.(?:[cm]?[jt]s|py|rb|sh)(?::\w+)?$/.test(source) || source.includes("*")) {
    note(place, `${source} is code or a pattern; write the prompt as text or as messages`);
    return [];
  }
  if (!isFile) return [source];
  const text = await files.text(source);
  return /\.(txt|md|j2)$/.test(source)
    ? text
        .split(/^---$/m)
        .map((part) => part.trim())
        .filter(Boolean)
    : [text];
}

function messagesOf(text: string, place: string, note: AddNote): Message[] {
  const chat = chatOf(text);
  if (chat === undefined) return [{ role: "user", content: convertTemplate(text, place, note) }];
  return chat.map((message) => {
    const { role, content } = isMap(message) ? message : {};
    if (typeof content !== "string") note(place, "a message that is not text is taken over as JSON");
    return {
      role: roleOf(asText(role), place, note),
      content: convertTemplate(asText(content), place, note),
    };
  });
}

function roleOf(role: string, place: string, note: AddNote): Message["role"] {
  if (role === "system" || role === "developer") return "system";
  if (role === "user" || role === "assistant") return role;
  note(place, `the role "${role}" is taken for the user's`);
  return "user";
}

/** A list of messages, written as JSON or YAML; undefined for a plain text. */
function chatOf(text: string): Json[] | undefined {
  if (!/^\s*[[-]/.test(text)) return undefined;
  try {
    const value = parse(text) as Json;
    return Array.isArray(value) && value.length > 0 && value.every((item) => isMap(item) && "role" in item)
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}

function withAffixes(messages: Message[], isWanted: boolean): Message[] {
  const last = messages.at(-1);
  if (!isWanted || last === undefined) return messages;
  const content = `{{ ${AFFIXES.prefix} }}${last.content}{{ ${AFFIXES.suffix} }}`;
  return [...messages.slice(0, -1), { ...last, content }];
}

/** The model and sampling of the first provider; what else a provider says belongs to a connection of ours. */
export function readProvider(
  config: JsonMap,
  named: string | undefined,
  note: AddNote,
): { model: string; sampling: Sampling } {
  const [first, ...others] = asList(config.providers ?? config.targets);
  const [key, nested] = isMap(first) ? (Object.entries(first)[0] ?? []) : [];
  const id = isMap(first) ? asText(first.id ?? key) : asText(first);
  const settings = isMap(first) ? (first.config ?? (isMap(nested) ? nested.config : undefined)) : undefined;
  if (others.length > 0) note("providers", `only the first of ${others.length + 1} is taken over`);
  const model = named ?? slugOf(id.split(/[:/]/).at(-1) ?? "", "model");
  if (named === undefined) {
    const how = "add it with assay connections add and assay models add-hosted, or name another with --model";
    note("providers", `"${id}" becomes the model "${model}": ${how}`);
  }
  return { model, sampling: samplingOf(isMap(settings) ? settings : {}, note) };
}

function samplingOf(settings: JsonMap, note: AddNote): Sampling {
  const names: Record<string, keyof Sampling> = {
    temperature: "temperature",
    top_p: "topP",
    max_tokens: "maxTokens",
    seed: "seed",
    stop: "stop",
  };
  const taken = Object.entries(settings).filter(([name]) => Object.hasOwn(names, name));
  for (const name of Object.keys(settings)) {
    if (!Object.hasOwn(names, name)) note("providers", `its setting "${name}" is not taken over`);
  }
  const sampling = taken.map(([name, value]) => [
    names[name],
    name === "stop" ? asList(value) : asNumber(value),
  ]);
  return Object.fromEntries(sampling) as Sampling;
}

import type { ChatMessage, Json, PromptContent } from "@assay/core";
import { type Column, isPlain } from "./column.ts";

/** A column with the content that it asks by. */
export interface Asked {
  prompt: string;
  column: Column;
  content: PromptContent;
}

export interface Question {
  variables: Readonly<Record<string, Json>>;
  messages: readonly ChatMessage[];
}

/**
 * Where and how a question is put: a version as it is goes the way that apps go; what no version has is rendered from
 * its content. A column gets the variables that its schema declares, because others would be refused.
 */
export function chatRequest({ prompt, column, content }: Asked, { variables, messages }: Question) {
  const declared = declaredVariables(content, variables);
  if (isPlain(column)) {
    const body = {
      model: `prompt:${prompt}@${column.at}`,
      variables: declared,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    };
    return { url: "/v1/chat/completions", body };
  }
  return {
    url: "/api/playground/completions",
    body: { prompt, content, variables: declared, messages },
  };
}

/** A version's content with what the column swaps in it. */
export function swappedContent(content: PromptContent, { model, adapter }: Column): PromptContent {
  const { adapter: pinned, ...rest } = content;
  const used = adapter === undefined ? pinned : (adapter ?? undefined);
  return {
    ...rest,
    ...(model !== undefined && { model }),
    ...(used !== undefined && { adapter: used }),
  };
}

function declaredVariables(
  { variables: schema }: PromptContent,
  variables: Question["variables"],
): Record<string, Json> {
  const { properties, additionalProperties } = schema ?? {};
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  if (isOpen) return { ...variables };
  const names = new Set(Object.keys(typeof properties === "object" ? (properties ?? {}) : {}));
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
}

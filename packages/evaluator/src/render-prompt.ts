import { AppError, type ChatMessage, LIMITS, type PromptContent, type PromptMessage } from "@assay/core";
import { byteLength, bytesAtMost } from "./byte-length.ts";
import { parsePartials } from "./check-partials.ts";
import { checkVariables, type Variables } from "./check-variables.ts";
import { openRenderBudget, parseTemplate, type RenderBudget } from "./template.ts";

export interface PromptInput {
  variables?: Variables | undefined;
  /** The caller's conversation, oldest first. */
  messages?: readonly ChatMessage[] | undefined;
}

/**
 * The chat that a version makes of its input. Each message is rendered by itself, so no variable can forge a role,
 * but all of them on one budget of time and memory; the conversation goes where the version's placeholder is, or to
 * the end.
 *
 * Throws `variables_invalid`, `template_invalid`, and `unsupported_parameter` when the caller brings instructions
 * (`system` or `developer`) of their own: the version pins them.
 */
export function renderPrompt(content: PromptContent, input: PromptInput): ChatMessage[] {
  const history = input.messages ?? [];
  refuseInstructions(history);
  const variables = input.variables ?? {};
  checkVariables(content.variables, variables);
  const budget = openRenderBudget(parsePartials(content.partials));
  const rendered = content.messages.flatMap((message, index) => {
    if ("placeholder" in message) return newest(history, message.max);
    const text = renderMessage({ content: message.content, index, variables, budget });
    return [{ role: message.role, content: text }];
  });
  checkRenderedSize(content.messages, rendered);
  return content.messages.some(isPlaceholder) ? rendered : [...rendered, ...history];
}

/** How errors name the template of the message at `index`. */
export function templateName(index: number): string {
  return `messages[${index}]`;
}

function renderMessage(message: {
  content: string;
  index: number;
  variables: Variables;
  budget: RenderBudget;
}): string {
  const { render } = parseTemplate(message.content, templateName(message.index));
  return render(message.variables, message.budget);
}

function isPlaceholder(message: PromptMessage): boolean {
  return "placeholder" in message;
}

function refuseInstructions(history: readonly ChatMessage[]): void {
  const refused = history.find(({ role }) => role === "system" || role === "developer");
  if (refused === undefined) return;
  const message = `A prompt version brings its own instructions; leave out messages of role ${refused.role}.`;
  throw new AppError("unsupported_parameter", message, { param: "messages" });
}

/** The newest `max` messages; a tool's answer whose call was cut off is cut off with it. */
function newest(history: readonly ChatMessage[], max = history.length): ChatMessage[] {
  if (history.length <= max) return [...history];
  const kept = history.slice(history.length - max);
  const start = kept.findIndex(({ role }) => role !== "tool");
  return start === -1 ? [] : kept.slice(start);
}

function checkRenderedSize(messages: readonly PromptMessage[], rendered: readonly ChatMessage[]): void {
  if (messages.every(isPlaceholder)) return;
  const sumOf = (lengthOf: (text: string) => number) =>
    rendered.reduce((sum, { content }) => sum + (typeof content === "string" ? lengthOf(content) : 0), 0);
  // Most prompts are so short that nothing need be counted.
  if (sumOf(bytesAtMost) <= LIMITS.renderedBytesMax) return;
  const bytes = sumOf(byteLength);
  if (bytes > LIMITS.renderedBytesMax) {
    const message = `The rendered prompt is ${bytes} bytes; ${LIMITS.renderedBytesMax} are allowed.`;
    throw new AppError("template_invalid", message);
  }
}

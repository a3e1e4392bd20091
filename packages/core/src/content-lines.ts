import type { PromptContent, PromptMessage } from "./prompt.ts";

/** The messages and partials of a content as the lines of one text, a role or name in square brackets before each. */
export function contentLines({ messages = [], partials = {} }: Partial<PromptContent>): string[] {
  const texts = Object.entries(partials).sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...messages.flatMap(linesOfMessage),
    ...texts.flatMap(([name, text]) => [`[partial ${name}]`, ...text.split("\n")]),
  ];
}

function linesOfMessage(message: PromptMessage): string[] {
  if ("role" in message) return [`[${message.role}]`, ...message.content.split("\n")];
  return [`[${message.placeholder}${message.max === undefined ? "" : `, newest ${message.max}`}]`];
}

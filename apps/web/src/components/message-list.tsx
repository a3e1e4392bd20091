import type { ChatMessage } from "@assay/core";
import { useTranslation } from "react-i18next";
import { ForeignText } from "./foreign-text.tsx";
import { ToolCallList } from "./tool-call-list.tsx";

/** A conversation, oldest first, each message with who said it. */
export function MessageList({ messages }: { messages: readonly ChatMessage[] }) {
  const { t } = useTranslation("shell");
  return (
    <ol className="flex flex-col gap-2">
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages have no names and never change places
        <li key={index} className="rounded-lg border border-line p-3">
          <p className="mb-1 text-sm font-semibold text-ink-soft">{t(`roles.${message.role}`)}</p>
          <ForeignText text={textOf(message)} />
          <ToolCallList calls={message.tool_calls ?? []} />
        </li>
      ))}
    </ol>
  );
}

/** Parts that are no text are named by their kind. */
function textOf({ content }: ChatMessage): string {
  if (typeof content === "string") return content;
  return (content ?? [])
    .map((part) => (typeof part.text === "string" ? part.text : `[${part.type}]`))
    .join("\n");
}

import { z } from "zod";
import { ChatMessage, Tool, ToolCall } from "./chat.ts";
import { Case } from "./dataset.ts";
import { LIMITS } from "./limits.ts";
import { JsonObject, Slug } from "./names.ts";
import { PromptContent } from "./prompt.ts";

/** A content of the prompt that no version has, or that differs from one in model or adapter, and what to ask it. */
export const PlaygroundRequest = z.strictObject({
  prompt: Slug,
  content: PromptContent,
  variables: JsonObject.default({}),
  messages: z.array(ChatMessage).max(LIMITS.historyMessagesMax).default([]),
});
export type PlaygroundRequest = z.infer<typeof PlaygroundRequest>;

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** An output that was just seen, to be judged as the suite's newest version would judge it in a run. */
export const PlaygroundOutput = z.strictObject({
  suite: Slug,
  case: Case.refine((value) => byteLength(JSON.stringify(value)) <= LIMITS.caseBytesMax, {
    error: `a case may have ${LIMITS.caseBytesMax} bytes`,
  }),
  /** As long as a case may be; longer ones are scored in runs. */
  output: z.string().refine((text) => byteLength(text) <= LIMITS.caseBytesMax, {
    error: `an output may have ${LIMITS.caseBytesMax} bytes here; score a longer one in a run`,
  }),
  toolCalls: z.array(ToolCall).max(LIMITS.toolsMax).default([]),
  /** What the content offered the model to call. */
  tools: z.array(Tool).max(LIMITS.toolsMax).default([]),
  latencyMs: z.number().min(0).nullable().default(null),
  usage: z
    .strictObject({ promptTokens: z.number().int().min(0), completionTokens: z.number().int().min(0) })
    .nullable()
    .default(null),
  costMicros: z.number().int().min(0).nullable().default(null),
});
export type PlaygroundOutput = z.infer<typeof PlaygroundOutput>;

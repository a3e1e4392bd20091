import { z } from "zod";
import { LIMITS } from "./limits.ts";
import { JsonSchema, Slug } from "./names.ts";

export const ToolCall = z.looseObject({
  id: z.string().max(200),
  type: z.literal("function"),
  function: z.object({ name: z.string().max(200), arguments: z.string().max(LIMITS.outputBytesMax) }),
});
export type ToolCall = z.infer<typeof ToolCall>;

/** OpenAI's content parts; only text is understood by the local engine. */
const ContentPart = z.looseObject({ type: z.string() });
const MessageContent = z.union([z.string(), z.array(ContentPart).max(100)]);

export const ChatMessage = z.looseObject({
  role: z.enum(["system", "developer", "user", "assistant", "tool"]),
  content: MessageContent.nullish(),
  name: z.string().max(200).optional(),
  tool_calls: z.array(ToolCall).max(LIMITS.toolsMax).optional(),
  tool_call_id: z.string().max(200).optional(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

export const Tool = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    description: z.string().max(LIMITS.descriptionLengthMax).optional(),
    parameters: JsonSchema.optional(),
  }),
});
export type Tool = z.infer<typeof Tool>;

export const ResponseFormat = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("json_object") }),
  z.strictObject({
    type: z.literal("json_schema"),
    json_schema: z.object({
      name: z.string().max(64).default("answer"),
      description: z.string().optional(),
      strict: z.boolean().nullish(),
      schema: JsonSchema,
    }),
  }),
]);
export type ResponseFormat = z.infer<typeof ResponseFormat>;

const StopSequence = z.string().min(1).max(LIMITS.stopSequenceLengthMax);

/** What shapes the choice of tokens. What is left out is the engine's documented default. */
export const Sampling = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).optional(),
  maxTokens: z.number().int().min(1).max(LIMITS.maxTokensMax).optional(),
  seed: z.number().int().min(0).max(4_294_967_295).optional(),
  stop: z.array(StopSequence).max(LIMITS.stopSequencesMax).optional(),
});
export type Sampling = z.infer<typeof Sampling>;

/** `slug@n`: one immutable adapter version. */
export const AdapterReference = z
  .string()
  .regex(/^[a-z0-9]+(?:[-_.][a-z0-9]+)*@\d+$/, "write an adapter as slug@version, for example support@1");

export const ModelReference = Slug;

/** The text of a message; non-text parts are not text and are left out. */
export function messageText(message: Pick<ChatMessage, "content">): string {
  if (typeof message.content === "string") return message.content;
  return (message.content ?? []).map((part) => (typeof part.text === "string" ? part.text : "")).join("");
}

import { type ChatMessage, type GenerateRequest, messageText } from "@assay/core";
import { type ChatHistoryItem, LlamaText, type Token } from "node-llama-cpp";
import { promptText } from "../prompt-bytes.ts";
import type { LoadedModel } from "./loaded-model.ts";

export interface Prompt {
  tokens: Token[];
  /** What the answer's text directly continues: the prompt where it is plain text, nothing in a chat. */
  before: Token[];
  /** Tokens that end the model's turn beside its own end-of-generation tokens. */
  stopTokens: ReadonlySet<Token>;
}

/** Ordinary text has fewer characters per token, so that this much of it fills a context. */
const PROBE_CHARS_PER_TOKEN = 8;
/** Cutting a text may change its last tokens, but never doubles them. */
const PROBE_EXCESS = 2;

/**
 * Does an input certainly not fit? Answers from its length and its beginning, because making tokens of all of it
 * would hold the process for seconds.
 */
export function isFarTooLong(
  { model, contextTokens, promptBytesMax }: LoadedModel,
  input: GenerateRequest["input"],
): boolean {
  const text = promptText(input);
  if (Buffer.byteLength(text) > promptBytesMax) return true;
  const probeChars = PROBE_CHARS_PER_TOKEN * contextTokens;
  return (
    text.length > probeChars &&
    model.tokenize(text.slice(0, probeChars)).length > PROBE_EXCESS * contextTokens
  );
}

/**
 * Turns a request's input into tokens: a chat through the model's template, plain text as it is. What users write
 * is never read as a special token.
 */
export function promptTokens(loaded: LoadedModel, input: GenerateRequest["input"]): Prompt {
  const { model, chat } = loaded;
  if ("text" in input) {
    const tokens = withOneStart(loaded, model.tokenize(input.text));
    return { tokens, before: tokens, stopTokens: new Set() };
  }
  const chatHistory: ChatHistoryItem[] = [
    ...input.messages.map(historyItem),
    { type: "model", response: [] },
  ];
  const { contextText, stopGenerationTriggers } = chat.generateContextState({ chatHistory });
  const tokens = withOneStart(loaded, contextText.tokenize(model.tokenizer));
  const firstTokens = stopGenerationTriggers.map(
    (trigger) => LlamaText(trigger).tokenize(model.tokenizer)[0],
  );
  const special = firstTokens.filter((token): token is Token => model.isSpecialToken(token));
  return { tokens, before: [], stopTokens: new Set(special) };
}

function historyItem(message: ChatMessage): ChatHistoryItem {
  const text = messageText(message);
  if (message.role === "user") return { type: "user", text };
  if (message.role === "assistant") return { type: "model", response: [text] };
  return { type: "system", text };
}

/** Templates, wrappers and tokenizers each may add the start token or leave it out; exactly one is right. */
function withOneStart({ model }: LoadedModel, tokens: Token[]): Token[] {
  const { bos, shouldPrependBosToken } = model.tokens;
  if (bos === null) return tokens;
  let starts = 0;
  while (tokens[starts] === bos) starts++;
  const rest = tokens.slice(starts);
  return starts > 0 || shouldPrependBosToken ? [bos, ...rest] : rest;
}

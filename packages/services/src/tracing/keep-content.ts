import { createHash } from "node:crypto";
import { type ChatMessage, DAY_MS, type Json, LIMITS, type ToolCall } from "@assay/core";
import { findTraceSettings, insertTraceContent, type TenantTx } from "@assay/store";
import { hasRoomForContent } from "./content-room.ts";

/** What the caller of a prompt wrote, before it was rendered into the version's messages. */
export interface CallerWords {
  variables: { [name: string]: Json } | null;
  messages: ChatMessage[];
}

export interface ContentToKeep {
  traceId: string;
  promptId: string;
  words: CallerWords;
  output: string;
  toolCalls: ToolCall[];
  now: Date;
}

/**
 * Keeps the texts of a request where the prompt's settings ask for it, the request is one of the sample, and the tenant
 * has room. Texts that are too long are not kept at all: half an answer would make a wrong case.
 */
export async function keepContent(tx: TenantTx, content: ContentToKeep): Promise<void> {
  const { traceId, promptId, words, output, toolCalls, now } = content;
  const settings = await findTraceSettings(tx, promptId);
  if (settings === undefined || !isSampled(traceId, settings.sampleRate)) return;
  const bytes = Buffer.byteLength(JSON.stringify([words, output, toolCalls]));
  // The stores cannot hold U+0000 in a text alike.
  if (bytes > LIMITS.traceContentBytesMax || output.includes("\0")) return;
  if (!(await hasRoomForContent(tx, { bytes, now }))) return;
  await insertTraceContent(tx, {
    traceId,
    ...words,
    output,
    toolCalls: toolCalls.length === 0 ? null : toolCalls,
    bytes,
    expiresAt: new Date(now.getTime() + settings.retentionDays * DAY_MS),
  });
}

/** The same trace is in every sample of at least the rate at which it is in one: its id decides. */
export function isSampled(traceId: string, sampleRate: number): boolean {
  const hash = createHash("sha256").update(traceId).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48 < sampleRate;
}

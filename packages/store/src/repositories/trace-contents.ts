import type { ChatMessage, Json, ToolCall } from "@assay/core";
import { and, eq, gt, type InferSelectModel, inArray, sql } from "../drizzle.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type TraceSettingsRow = InferSelectModel<Schema["traceSettings"]>;
export type TraceContentRow = InferSelectModel<Schema["traceContents"]>;

export async function findTraceSettings(
  tx: TenantTx,
  promptId: string,
): Promise<TraceSettingsRow | undefined> {
  const { traceSettings } = tx.tables;
  return await tx.find(traceSettings, eq(traceSettings.promptId, promptId));
}

export async function putTraceSettings(
  tx: TenantTx,
  { promptId, ...settings }: Omit<TraceSettingsRow, "tenantId">,
): Promise<void> {
  const { traceSettings } = tx.tables;
  const isNew = await tx.insertIfAbsent(traceSettings, { promptId, ...settings });
  if (!isNew) await tx.update(traceSettings, settings, eq(traceSettings.promptId, promptId));
}

export interface TraceContentInsert {
  traceId: string;
  variables: { [name: string]: Json } | null;
  messages: ChatMessage[];
  output: string;
  toolCalls: ToolCall[] | null;
  bytes: number;
  expiresAt: Date;
}

export async function insertTraceContent(tx: TenantTx, content: TraceContentInsert): Promise<void> {
  await tx.insert(tx.tables.traceContents, content);
}

/** The texts of these traces, those that have expired left out, deleted or not. */
export async function listTraceContents(
  tx: TenantTx,
  traceIds: readonly string[],
  now: Date,
): Promise<TraceContentRow[]> {
  if (traceIds.length === 0) return [];
  const { traceContents } = tx.tables;
  return await tx.select(traceContents, {
    where: and(inArray(traceContents.traceId, [...traceIds]), gt(traceContents.expiresAt, now)),
  });
}

/** What the texts of these traces come to, without reading them. */
export async function sumBytesOfTraces(tx: TenantTx, traceIds: readonly string[]): Promise<number> {
  const { traceContents } = tx.tables;
  const columns = { bytes: sql`coalesce(sum(${traceContents.bytes}), 0)` };
  const [row] = await tx.aggregate(traceContents, {
    columns,
    where: inArray(traceContents.traceId, [...traceIds]),
  });
  return Number(row?.bytes ?? 0);
}

/** Which of these traces have texts that can be read; the texts are not read for it. */
export async function listKeptTraceIds(
  tx: TenantTx,
  traceIds: readonly string[],
  now: Date,
): Promise<Set<string>> {
  if (traceIds.length === 0) return new Set();
  const { traceContents } = tx.tables;
  const rows = await tx.aggregate(traceContents, {
    columns: { id: traceContents.traceId },
    where: and(inArray(traceContents.traceId, [...traceIds]), gt(traceContents.expiresAt, now)),
  });
  return new Set(rows.map((row) => String(row.id)));
}

/** What the tenant's kept texts come to, expired ones included until they are deleted. */
export async function sumTraceContentBytes(tx: TenantTx): Promise<number> {
  const { traceContents } = tx.tables;
  const columns = { bytes: sql`coalesce(sum(${traceContents.bytes}), 0)` };
  const [row] = await tx.aggregate(traceContents, { columns });
  return Number(row?.bytes ?? 0);
}

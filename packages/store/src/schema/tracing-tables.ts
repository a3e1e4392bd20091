import type { ChatMessage, Json, ToolCall } from "@assay/core";
import type { Kit } from "../kit.ts";
import type { AccessTables } from "./access-tables.ts";
import type { PlatformTables } from "./platform-tables.ts";
import type { RegistryTables } from "./registry-tables.ts";
import { tenantColumn } from "./tenant-column.ts";

interface Parents {
  platform: PlatformTables;
  access: AccessTables;
  registry: RegistryTables;
}

/** What was said in sampled requests, for how long it is kept, and what people thought of answers. */
export function defineTracingTables(k: Kit, { platform, access, registry }: Parents) {
  const { prompts } = registry;
  const { traces } = access;
  const tenantId = () => tenantColumn(k, platform.tenants);

  /** No row: nothing that users write is kept. */
  const traceSettings = k.table(
    "trace_settings",
    {
      tenantId: tenantId(),
      promptId: k.text("prompt_id").notNull(),
      /** Share of requests whose text is kept, 0..1. */
      sampleRate: k.real("sample_rate").notNull(),
      retentionDays: k.int("retention_days").notNull(),
      updatedAt: k.time("updated_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.promptId] }),
      k
        .foreignKey({
          name: "trace_settings_prompt_fk",
          columns: [t.tenantId, t.promptId],
          foreignColumns: [prompts.tenantId, prompts.id],
        })
        .onDelete("cascade"),
      ...k.tenantPolicy("trace_settings", t.tenantId),
    ],
  );

  const traceContents = k.table(
    "trace_contents",
    {
      tenantId: tenantId(),
      traceId: k.text("trace_id").notNull(),
      variables: k.json<{ [name: string]: Json }>("variables"),
      messages: k.json<ChatMessage[]>("messages").notNull(),
      output: k.text("output").notNull(),
      toolCalls: k.json<ToolCall[]>("tool_calls"),
      bytes: k.int("bytes").notNull(),
      expiresAt: k.time("expires_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.traceId] }),
      k.index("trace_contents_expiry").on(t.expiresAt),
      // Holds the whole sum of a tenant's bytes, so that it is taken without reading the texts.
      k.index("trace_contents_bytes").on(t.tenantId, t.bytes),
      k
        .foreignKey({
          name: "trace_contents_trace_fk",
          columns: [t.tenantId, t.traceId],
          foreignColumns: [traces.tenantId, traces.id],
        })
        .onDelete("cascade"),
      ...k.tenantPolicy("trace_contents", t.tenantId),
    ],
  );

  const feedback = k.table(
    "feedback",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      traceId: k.text("trace_id").notNull(),
      /** 0..1; a thumb is 0 or 1. */
      score: k.real("score"),
      comment: k.text("comment"),
      /** What the answer should have been. */
      correction: k.text("correction"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.index("feedback_trace").on(t.tenantId, t.traceId),
      k
        .foreignKey({
          name: "feedback_trace_fk",
          columns: [t.tenantId, t.traceId],
          foreignColumns: [traces.tenantId, traces.id],
        })
        .onDelete("cascade"),
      ...k.tenantPolicy("feedback", t.tenantId),
    ],
  );

  return { traceSettings, traceContents, feedback };
}

import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { Slug } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import {
  KeptDraft,
  KeptDraftChange,
  PromptCheck,
  PromptCheckRequest,
  PromptSummary,
  PromptSummaryQuery,
  PromptTraffic,
  TimelineVersion,
  TrafficQuery,
} from "../prompt-editing.ts";
import { defineRoutes } from "./route.ts";

const tenant = { plane: "control", audience: "tenant", touches: "tenant" } as const;
const prompt = z.object({ prompt: Slug });

/** What people need while they write a prompt and look after it. */
export const promptEditingRoutes = defineRoutes({
  listPromptSummaries: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompt-summaries",
    summary: "Prompts with their newest version, where their labels point and how far each is proven",
    query: PromptSummaryQuery,
    output: { kind: "json", status: 200, schema: pageOf(PromptSummary) },
  },
  checkPrompt: {
    ...tenant,
    honoursConfinement: true,
    storesNothing: true,
    scope: "edit",
    method: "POST",
    path: "/api/prompts/{prompt}/checks",
    summary: "What is wrong with a content, all of it and where; and what it renders to. Changes nothing",
    params: prompt,
    body: { kind: "json", schema: PromptCheckRequest, bytesMax: LIMITS.promptCheckBodyBytesMax },
    output: { kind: "json", status: 200, schema: PromptCheck },
  },
  getPromptDraft: {
    ...tenant,
    scope: "edit",
    method: "GET",
    path: "/api/prompts/{prompt}/draft",
    summary: "The caller's own draft of a prompt",
    params: prompt,
    output: { kind: "json", status: 200, schema: z.object({ draft: KeptDraft.nullable() }) },
  },
  putPromptDraft: {
    ...tenant,
    honoursConfinement: true,
    scope: "edit",
    method: "PUT",
    path: "/api/prompts/{prompt}/draft",
    summary: "Keep the caller's own draft of a prompt",
    params: prompt,
    body: { kind: "json", schema: KeptDraftChange, bytesMax: LIMITS.promptDraftBodyBytesMax },
    output: { kind: "json", status: 200, schema: KeptDraft },
  },
  removePromptDraft: {
    ...tenant,
    honoursConfinement: true,
    scope: "edit",
    method: "DELETE",
    path: "/api/prompts/{prompt}/draft",
    summary: "Discard the caller's own draft of a prompt",
    params: prompt,
    output: { kind: "empty", status: 204 },
  },
  listPromptTimeline: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/prompts/{prompt}/timeline",
    summary: "Versions of a prompt, newest first: by whom, what changed, how far each is proven",
    params: prompt,
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(TimelineVersion) },
  },
  getPromptTraffic: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompts/{prompt}/traffic",
    summary: "Who uses a prompt: requests by caller, version and label",
    params: prompt,
    query: TrafficQuery,
    output: { kind: "json", status: 200, schema: PromptTraffic },
  },
});

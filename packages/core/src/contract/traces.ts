import { z } from "zod";
import { Feedback, FeedbackDraft, FeedbackReceipt } from "../feedback.ts";
import { LIMITS } from "../limits.ts";
import { Id, Slug } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import {
  CasesFromTraces,
  CasesFromTracesDraft,
  Trace,
  TraceDetail,
  TraceQuery,
  TraceSettings,
  TraceSettingsDraft,
} from "../trace.ts";
import { defineRoutes } from "./route.ts";

const tenant = { plane: "control", audience: "tenant", touches: "tenant" } as const;
const prompt = z.object({ prompt: Slug });
const trace = z.object({ traceId: Id });
const json = <S extends z.ZodType>(schema: S) =>
  ({ kind: "json", schema, bytesMax: LIMITS.bodyBytesMax }) as const;

export const traceRoutes = defineRoutes({
  getTraceSettings: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompts/{prompt}/tracing",
    summary: "What of the prompt's requests is kept, and for how long",
    params: prompt,
    output: { kind: "json", status: 200, schema: TraceSettings },
  },
  setTraceSettings: {
    honoursConfinement: true,
    ...tenant,
    // It decides that what users write is kept.
    scope: "admin",
    method: "PUT",
    path: "/api/prompts/{prompt}/tracing",
    summary: "Keep the texts of a share of the prompt's requests for some days, or of none",
    params: prompt,
    body: json(TraceSettingsDraft),
    output: { kind: "json", status: 200, schema: TraceSettings },
  },
  listTraces: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/traces",
    summary: "Served requests, newest first",
    query: TraceQuery,
    output: { kind: "json", status: 200, schema: pageOf(Trace) },
  },
  getTrace: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/traces/{traceId}",
    summary: "One served request, with its texts where they are kept",
    params: trace,
    output: { kind: "json", status: 200, schema: TraceDetail },
  },
  listFeedback: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/traces/{traceId}/feedback",
    summary: "What people thought of an answer, oldest first",
    params: trace,
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Feedback) },
  },
  addCasesFromTraces: {
    ...tenant,
    worksBeforeWrite: true,
    scope: "edit",
    method: "POST",
    path: "/api/datasets/{dataset}/cases-from-traces",
    summary: "Show, or add, what kept requests come to as cases of a dataset, with personal data replaced",
    params: z.object({ dataset: Slug }),
    body: json(CasesFromTracesDraft),
    output: { kind: "json", status: 200, schema: CasesFromTraces },
  },
});

export const feedbackRoutes = defineRoutes({
  createFeedback: {
    crossOrigin: true,
    plane: "data",
    audience: "public",
    scope: null,
    touches: "tenant",
    method: "POST",
    path: "/v1/feedback",
    summary: "Say what one thinks of an answer, with the token that came with it; from browsers too",
    body: { kind: "json", schema: FeedbackDraft, bytesMax: LIMITS.feedbackBodyBytesMax },
    output: { kind: "json", status: 201, schema: FeedbackReceipt },
  },
});

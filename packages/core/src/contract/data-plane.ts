import { z } from "zod";
import { LIMITS } from "../limits.ts";
import {
  ChatCompletion,
  ChatCompletionRequest,
  Completion,
  CompletionRequest,
  OpenAiModelList,
} from "./openai.ts";
import { defineRoutes } from "./route.ts";

const data = { plane: "data", audience: "tenant", scope: "use", touches: "tenant" } as const;

export const dataPlaneRoutes = defineRoutes({
  createChatCompletion: {
    honoursConfinement: true,
    ...data,
    method: "POST",
    path: "/v1/chat/completions",
    summary: "Answer a chat through a prompt, an adapter or a model; streams when asked",
    body: { kind: "json", schema: ChatCompletionRequest, bytesMax: LIMITS.chatBodyBytesMax },
    output: { kind: "raw", status: 200, contentType: "application/json", schema: ChatCompletion },
  },
  createCompletion: {
    honoursConfinement: true,
    ...data,
    method: "POST",
    path: "/v1/completions",
    summary: "Continue raw text with a model or an adapter",
    body: { kind: "json", schema: CompletionRequest, bytesMax: LIMITS.chatBodyBytesMax },
    output: { kind: "raw", status: 200, contentType: "application/json", schema: Completion },
  },
  listServableModels: {
    ...data,
    method: "GET",
    path: "/v1/models",
    summary: "Everything this key can put into `model`",
    output: { kind: "json", status: 200, schema: OpenAiModelList },
  },
});

export const publicRoutes = defineRoutes({
  getHealth: {
    plane: "control",
    audience: "public",
    scope: null,
    touches: "nothing",
    method: "GET",
    path: "/healthz",
    summary: "The process is alive",
    output: { kind: "json", status: 200, schema: z.object({ status: z.literal("ok") }) },
  },
  getReadiness: {
    plane: "control",
    audience: "public",
    scope: null,
    touches: "nothing",
    method: "GET",
    path: "/readyz",
    summary: "The process can serve: its store answers",
    output: { kind: "json", status: 200, schema: z.object({ status: z.literal("ready") }) },
  },
  getOpenApi: {
    plane: "control",
    audience: "public",
    scope: null,
    touches: "nothing",
    method: "GET",
    path: "/openapi.json",
    summary: "This document",
    output: { kind: "raw", status: 200, contentType: "application/json" },
  },
  getReference: {
    plane: "control",
    audience: "public",
    scope: null,
    touches: "nothing",
    method: "GET",
    path: "/reference",
    summary: "The API reference, for people",
    output: { kind: "raw", status: 200, contentType: "text/html" },
  },
});

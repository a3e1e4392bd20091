import type { GenerateRequest, HostedTarget } from "@assay/core";
import { expect, test } from "vitest";
import { buildRequest } from "./build-request.ts";

const target: HostedTarget = {
  kind: "hosted",
  connectionKind: "openai",
  connectionId: "con_1",
  baseUrl: "https://api.openai.com/v1",
  secret: "canary",
  providerModel: "gpt-4.1-mini",
};
const request: GenerateRequest = {
  target,
  input: { messages: [{ role: "user", content: "hi" }] },
  sampling: { temperature: 0, topP: 0.9, maxTokens: 8, seed: 7, stop: ["END"] },
};

function bodyFor(change: Partial<GenerateRequest> = {}, kind: Partial<HostedTarget> = {}, streams = true) {
  const built = buildRequest({ ...request, ...change }, { target: { ...target, ...kind }, streams });
  return built.kind === "refused" ? built.failure : built.body;
}

test("everything that shapes the output is passed on", () => {
  const tools = [{ type: "function" as const, function: { name: "find" } }];
  const responseFormat = { type: "json_object" as const };
  expect(bodyFor({ tools, toolChoice: "required", responseFormat, topLogprobs: 2 })).toEqual({
    model: "gpt-4.1-mini",
    messages: [{ role: "user", content: "hi" }],
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0,
    top_p: 0.9,
    seed: 7,
    stop: ["END"],
    max_completion_tokens: 8,
    tools,
    tool_choice: "required",
    response_format: responseFormat,
    logprobs: true,
    top_logprobs: 2,
  });
});

test("what is not set is not sent", () => {
  expect(Object.keys(bodyFor({ sampling: {} })).sort()).toEqual([
    "messages",
    "model",
    "stream",
    "stream_options",
  ]);
});

test("an answer that nobody reads along is asked for whole, and is otherwise the same", () => {
  const { stream_options: _, ...rest } = { stream_options: undefined, ...bodyFor() };
  expect(bodyFor({}, {}, false)).toEqual({ ...rest, stream: false });
});

test("each kind of connection gets its own name for the bound on tokens", () => {
  expect(bodyFor({}, { connectionKind: "azure-openai" })).toMatchObject({ max_completion_tokens: 8 });
  const compatible = bodyFor({}, { connectionKind: "openai-compatible" });
  expect(compatible).toMatchObject({ max_tokens: 8 });
  expect(compatible).not.toHaveProperty("max_completion_tokens");
});

test("Azure is asked for usage only where its version knows the option", () => {
  const azure = { connectionKind: "azure-openai" as const };
  expect(bodyFor({}, { ...azure, apiVersion: "2024-10-21" })).toHaveProperty("stream_options");
  expect(bodyFor({}, { ...azure, apiVersion: "2024-06-01" })).not.toHaveProperty("stream_options");
});

test("a plain text goes to compatible servers alone, and without what it cannot carry", () => {
  const text = { input: { text: "Once upon" } };
  const compatible = { connectionKind: "openai-compatible" as const };
  expect(bodyFor(text, compatible)).toMatchObject({ prompt: "Once upon", max_tokens: 8 });
  expect(bodyFor(text)).toMatchObject({ code: "unsupported_parameter" });
  const tools = [{ type: "function" as const, function: { name: "find" } }];
  for (const change of [
    { tools },
    { topLogprobs: 1 },
    { responseFormat: { type: "json_object" as const } },
  ]) {
    expect(bodyFor({ ...text, ...change }, compatible)).toMatchObject({ code: "unsupported_parameter" });
  }
});

test("the secret is no part of a body", () => {
  expect(JSON.stringify(bodyFor())).not.toContain("canary");
});

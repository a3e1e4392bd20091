import type { PromptContent } from "@assay/core";
import { expect, test } from "vitest";
import { chatRequest, swappedContent } from "./chat-request.ts";

const CONTENT: PromptContent = {
  messages: [{ role: "system", content: "Greet {{ name }}." }],
  variables: { type: "object", properties: { name: { type: "string" } } },
  model: "base",
  adapter: "support@1",
  sampling: {},
};
const QUESTION = {
  variables: { name: "Ann", city: "Łódź" },
  messages: [{ role: "user" as const, content: "Hi" }],
};

test("a version as it is goes the way that apps go", () => {
  const request = chatRequest({ prompt: "triage", column: { at: "production" }, content: CONTENT }, QUESTION);
  expect(request).toMatchObject({
    url: "/v1/chat/completions",
    body: {
      model: "prompt:triage@production",
      variables: { name: "Ann" },
      messages: QUESTION.messages,
      stream: true,
    },
  });
  expect(request.body).not.toHaveProperty("content");
});

test("what no version has is asked by its content", () => {
  const column = { at: "3", model: "small", adapter: null };
  const content = swappedContent(CONTENT, column);
  expect(chatRequest({ prompt: "triage", column, content }, QUESTION)).toEqual({
    url: "/api/playground/completions",
    body: { prompt: "triage", content, variables: { name: "Ann" }, messages: QUESTION.messages },
  });
  expect(content).toMatchObject({ model: "small" });
  expect(content).not.toHaveProperty("adapter");
});

test("a column that swaps no adapter keeps the version's own", () => {
  expect(swappedContent(CONTENT, { at: "3" })).toEqual(CONTENT);
  expect(swappedContent(CONTENT, { at: "3", adapter: "support@2" }).adapter).toBe("support@2");
});

test("a schema that is open takes every variable, one that declares none takes none", () => {
  const column = { at: "3" };
  const open = { ...CONTENT, variables: { type: "object", additionalProperties: true } };
  expect(chatRequest({ prompt: "p", column, content: open }, QUESTION).body.variables).toEqual(
    QUESTION.variables,
  );
  const { variables: _, ...none } = CONTENT;
  expect(chatRequest({ prompt: "p", column, content: none }, QUESTION).body.variables).toEqual({});
});

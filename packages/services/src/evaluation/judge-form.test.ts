import { expect, it } from "vitest";
import { judgeForm } from "./judge-form.ts";

const SCHEMA = {
  type: "object",
  properties: {
    reason: { type: "string" },
    verdict: { type: "string", enum: ["yes", "no"] },
    parts: { type: "array", items: { type: "object", properties: { reason: { type: "string" } } } },
  },
};
const NARROWED = { type: "object", properties: { parts: { type: "array", minItems: 2, maxItems: 2 } } };

const local = (contextLength: number | null) => ({
  kind: "local" as const,
  gguf: { architecture: "llama", name: null, contextLength, parameterCount: null, fileType: null },
});
const HOSTED = { kind: "hosted" as const, gguf: null };

it("leaves a provider's model the schema as it is, and the tokens that its version allows", () => {
  expect(judgeForm(HOSTED, { asked: undefined, schema: SCHEMA, narrowed: NARROWED })).toEqual({
    maxTokens: 512,
    schema: SCHEMA,
  });
  expect(judgeForm(HOSTED, { asked: 64, schema: SCHEMA }).maxTokens).toBe(64);
});

it("bounds a local model's answer by its context, and each text and list in it", () => {
  const { maxTokens, schema } = judgeForm(local(512), { asked: 512, schema: SCHEMA });
  expect(maxTokens).toBe(102);
  expect(schema).toMatchObject({
    properties: {
      reason: { maxLength: 30 },
      parts: { maxItems: 2, items: { properties: { reason: { maxLength: 30 } } } },
    },
  });
  expect(schema).toHaveProperty("properties.verdict", SCHEMA.properties.verdict);
});

it("gives a local model of a large context no more than its version or the platform allows", () => {
  for (const model of [local(100_000), local(null)]) {
    expect(judgeForm(model, { asked: undefined, schema: SCHEMA })).toMatchObject({
      maxTokens: 512,
      schema: { properties: { reason: { maxLength: 240 }, parts: { maxItems: 20 } } },
    });
    expect(judgeForm(model, { asked: 64, schema: SCHEMA }).maxTokens).toBe(64);
  }
});

it("asks a local model for what the very question allows", () => {
  expect(judgeForm(local(512), { asked: 64, schema: SCHEMA, narrowed: NARROWED }).schema).toEqual(NARROWED);
});

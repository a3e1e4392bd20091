import type { PromptContent } from "@assay/core";
import { expect, test } from "vitest";
import { contentOf, emptyForm, formOf, isSameForm, readForm, writeForm } from "./prompt-form.ts";

const CONTENT: PromptContent = {
  messages: [
    { role: "system", content: "Hello {{ name }}.\n" },
    { placeholder: "history", max: 4 },
    { role: "user", content: "" },
  ],
  partials: { tone: "Be kind." },
  variables: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
  model: "base",
  adapter: "support@2",
  sampling: { temperature: 0, maxTokens: 48, stop: ["\n\n", 'say "stop"', "a\\b"] },
  tools: [{ type: "function", function: { name: "find" } }],
  responseFormat: { type: "json_object" },
};

test("a version becomes a form and the same version again", () => {
  expect(contentOf(formOf(CONTENT))).toEqual({ content: CONTENT, problems: [] });
});

test("what is left empty is no part of the content", () => {
  expect(contentOf({ ...emptyForm(), model: "base" }).content).toEqual({
    messages: [{ role: "system", content: "" }, { placeholder: "history" }],
    model: "base",
    sampling: {},
  });
});

test("what cannot be read is named and left out, and the rest stays", () => {
  const form = formOf(CONTENT);
  const { content, problems } = contentOf({
    ...form,
    schemaText: "{",
    sampling: { ...form.sampling, temperature: "warm", topP: "0,9" },
    partials: [...form.partials, { key: "x", name: "tone", text: "again" }],
  });
  expect(problems.map(({ path, kind }) => [path, kind])).toEqual([
    ["partials", "name"],
    ["variables", "json"],
    ["sampling.temperature", "number"],
  ]);
  expect(content).toMatchObject({ sampling: { topP: 0.9, maxTokens: 48 }, partials: { tone: "Be kind." } });
  expect(content).not.toHaveProperty("variables");
});

test("forms of the same content are the same, however their JSON is spelled", () => {
  const form = formOf(CONTENT);
  expect(isSameForm(form, formOf(structuredClone(CONTENT)))).toBe(true);
  expect(isSameForm(form, { ...form, schemaText: JSON.stringify(CONTENT.variables) })).toBe(true);
  expect(isSameForm(form, { ...form, schemaText: "{" })).toBe(false);
  expect(isSameForm(form, { ...form, adapter: "" })).toBe(false);
});

test("a form outlives being written down, and nothing else is taken for one", () => {
  const form = formOf(CONTENT);
  expect(readForm(writeForm(form))).toEqual(form);
  for (const text of ["", "{", "null", "[]", '{"messages":[]}', JSON.stringify({ ...form, messages: [1] })]) {
    expect(readForm(text)).toBe(null);
  }
  const strange = { ...form, messages: [{ key: "a", kind: "text", role: "root", content: "x" }] };
  expect(readForm(JSON.stringify(strange))).toBe(null);
});

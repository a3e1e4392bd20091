import type { ChatCompletionRequest, GenerateRequest, PromptContent, Sampling } from "@assay/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { createPrompt } from "../registry/create-prompt.ts";
import { addSharedToyModel, openTestPlatform, type TestPlatform } from "../testing/index.ts";
import { createChatGeneration, createTextGeneration } from "./create-generation.ts";

const JSON_FORMAT = { type: "json_object" } as const;
const TOOL = {
  type: "function" as const,
  function: { name: "look_up", parameters: { type: "object", properties: { id: { type: "string" } } } },
};
const SAMPLING: Sampling = { temperature: 0.5, topP: 0.9, maxTokens: 100, seed: 7, stop: ["END"] };

let platform: TestPlatform;
let airline: Context;

beforeAll(async () => {
  platform = await openTestPlatform();
  airline = await platform.tenant("airline");
  await addSharedToyModel(platform.operator, "base");
  const content = { messages: [{ role: "system", content: "Greet." }], model: "base" } as const;
  await addPrompt("full", { ...content, sampling: SAMPLING, responseFormat: JSON_FORMAT, tools: [TOOL] });
  await addPrompt("open", { ...content, sampling: {} });
});
afterAll(() => platform[Symbol.asyncDispose]());

async function addPrompt(
  slug: string,
  content: Omit<PromptContent, "messages"> & { messages: readonly unknown[] },
) {
  await createPrompt(airline, { slug, description: "" });
  await addPromptVersion(airline, { prompt: slug, content: content as PromptContent, dryRun: false });
}

type Fields = Partial<ChatCompletionRequest>;
const HELLO = { role: "user" as const, content: "hello" };

/** What the engine is asked for when a chat with these fields is sent. */
async function askedFor(model: string, fields: Fields): Promise<GenerateRequest> {
  const body = { model, messages: [HELLO], ...fields };
  const { events } = await createChatGeneration(airline, body, new AbortController().signal);
  for await (const _ of events);
  const last = platform.platform.engine.calls.at(-1);
  if (last === undefined) throw new Error("the engine was not asked");
  return last.request;
}

const FULL = "prompt:full@1";
const OPEN = "prompt:open@1";

describe("what a prompt's version pins", () => {
  const PINNED: [param: string, same: Fields, other: Fields][] = [
    ["temperature", { temperature: 0.5 }, { temperature: 0.6 }],
    ["temperature", { temperature: 0.5 }, { temperature: 0 }],
    ["top_p", { top_p: 0.9 }, { top_p: 0.8 }],
    ["stop", { stop: ["END"] }, { stop: ["STOP"] }],
    ["stop", { stop: "END" }, { stop: ["END", "STOP"] }],
    ["stop", { stop: "END" }, { stop: [] }],
    ["response_format", { response_format: JSON_FORMAT }, { response_format: { type: "text" } }],
    ["tools", { tools: [TOOL] }, { tools: [] }],
    // The same tool, its keys in another order.
    [
      "tools",
      { tools: [{ function: TOOL.function, type: "function" }] },
      { tools: [{ ...TOOL, function: { name: "delete_all" } }] },
    ],
    ["tool_choice", { tool_choice: "auto" }, { tool_choice: "none" }],
    [
      "tool_choice",
      { tool_choice: null },
      { tool_choice: { type: "function", function: { name: "look_up" } } },
    ],
  ];

  test.each(PINNED)("%s: the version's own value passes and changes nothing", async (_, same) => {
    expect(await askedFor(FULL, same)).toEqual(await askedFor(FULL, {}));
  });

  test.each(PINNED)("%s: another value is refused and named", async (param, _, other) => {
    await expect(askedFor(FULL, other)).rejects.toMatchObject({
      code: "parameter_pinned",
      details: { param },
    });
  });

  test.each(PINNED)(
    "%s: a value is refused too where the version leaves it to the engine",
    async (param, _, other) => {
      await expect(askedFor(OPEN, other)).rejects.toMatchObject({
        code: "parameter_pinned",
        details: { param },
      });
    },
  );

  test("a field that is null was not sent", async () => {
    const nothing = {
      temperature: null,
      top_p: null,
      stop: null,
      response_format: null,
      tools: null,
      seed: null,
    };
    for (const prompt of [FULL, OPEN]) {
      expect(await askedFor(prompt, nothing)).toEqual(await askedFor(prompt, {}));
    }
  });

  test("the engine is asked for all that the version says and for nothing that it does not", async () => {
    expect(await askedFor(FULL, {})).toMatchObject({
      input: { messages: [{ role: "system", content: "Greet." }, HELLO] },
      sampling: SAMPLING,
      responseFormat: JSON_FORMAT,
      tools: [TOOL],
    });
    const open = await askedFor(OPEN, {});
    expect(open.sampling).toEqual({});
    expect([open.responseFormat, open.tools, open.toolChoice, open.topLogprobs]).toEqual(
      Array(4).fill(undefined),
    );
  });

  test("refused requests never reach the engine", async () => {
    const before = platform.platform.engine.calls.length;
    await expect(askedFor(FULL, { temperature: 1 })).rejects.toThrow();
    expect(platform.platform.engine.calls).toHaveLength(before);
  });
});

describe("what a caller may still choose", () => {
  const CHOICES: [what: string, sent: [model: string, fields: Fields], sampling: Sampling][] = [
    ["fewer tokens than the version allows", [FULL, { max_tokens: 10 }], { ...SAMPLING, maxTokens: 10 }],
    ["not more tokens than the version allows", [FULL, { max_tokens: 1_000 }], SAMPLING],
    ["tokens by their newer name", [FULL, { max_completion_tokens: 9 }], { ...SAMPLING, maxTokens: 9 }],
    ["not more tokens by their newer name", [FULL, { max_completion_tokens: 900 }], SAMPLING],
    [
      "the newer name wins over the older",
      [OPEN, { max_completion_tokens: 9, max_tokens: 8 }],
      { maxTokens: 9 },
    ],
    ["tokens where the version names none", [OPEN, { max_tokens: 50 }], { maxTokens: 50 }],
    ["no seed where the version has its own", [FULL, { seed: 99 }], SAMPLING],
    ["a seed where the version names none", [OPEN, { seed: 99 }], { seed: 99 }],
    ["the seed 0", [OPEN, { seed: 0 }], { seed: 0 }],
  ];

  test.each(CHOICES)("%s", async (_, sent, sampling) => {
    expect((await askedFor(...sent)).sampling).toEqual(sampling);
  });

  test.each<[fields: Fields, topLogprobs: number | undefined]>([
    [{ logprobs: true, top_logprobs: 3 }, 3],
    [{ logprobs: true }, 0],
    [{ logprobs: false, top_logprobs: 3 }, undefined],
    [{ top_logprobs: 3 }, undefined],
  ])("log probabilities, of a prompt as of a model: %j", async (fields, topLogprobs) => {
    for (const model of [FULL, "base"]) expect((await askedFor(model, fields)).topLogprobs).toBe(topLogprobs);
  });
});

describe("a model that is addressed directly", () => {
  test("takes everything from the caller", async () => {
    const asked = await askedFor("base", {
      temperature: 0,
      top_p: 0.5,
      stop: "END",
      max_tokens: 5,
      seed: 3,
      response_format: JSON_FORMAT,
      tools: [TOOL],
      tool_choice: "none",
    });
    expect(asked).toMatchObject({
      input: { messages: [HELLO] },
      sampling: { temperature: 0, topP: 0.5, stop: ["END"], maxTokens: 5, seed: 3 },
      responseFormat: JSON_FORMAT,
      tools: [TOOL],
      toolChoice: "none",
    });
  });

  test("has no variables", async () => {
    await expect(askedFor("base", { variables: { name: "Ann" } })).rejects.toMatchObject({
      code: "unsupported_parameter",
      details: { param: "variables" },
    });
  });

  test("continues text with the caller's own sampling", async () => {
    const body = { model: "base", prompt: "Once", max_tokens: 4, stop: ["."], temperature: 0.1 };
    const { events } = await createTextGeneration(airline, body, new AbortController().signal);
    for await (const _ of events);
    expect(platform.platform.engine.calls.at(-1)?.request).toMatchObject({
      input: { text: "Once" },
      sampling: { maxTokens: 4, stop: ["."], temperature: 0.1 },
    });
  });
});

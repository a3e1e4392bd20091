import { LIMITS, type PromptCheck } from "@assay/core";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import {
  addSharedToyModel,
  callerWith,
  createToyPrompt,
  describeEachPlatform,
  type TestPlatform,
  uploadToyModel,
} from "../testing/index.ts";
import { checkPrompt } from "./check-prompt.ts";

async function withPrompt(platform: TestPlatform) {
  const { airline, bank } = await platform.twoTenants();
  await addSharedToyModel(platform.operator, "base");
  await createToyPrompt(airline, "greet", { model: "base", texts: ["Hello."] });
  return { airline, bank };
}

const check = (
  context: Context,
  content: Parameters<typeof checkPrompt>[1]["content"],
  rest: { variables?: Record<string, string>; messages?: { role: "user"; content: string }[] } = {},
): Promise<PromptCheck> =>
  checkPrompt(context, { prompt: "greet", content, variables: {}, messages: [], ...rest });
const system = (content: string) => [{ role: "system", content }];

describeEachPlatform("checking a prompt in the making", (open) => {
  test("renders it with sample values and the conversation where it goes", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    const variables = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };
    const content = {
      messages: [...system("Hello {{ name }}."), { placeholder: "history" }],
      model: "base",
      variables,
    };
    const messages = [{ role: "user" as const, content: "Hi" }];
    expect(await check(airline, content, { variables: { name: "Ada" }, messages })).toEqual({
      problems: [],
      variables: ["name"],
      rendered: [{ role: "system", content: "Hello Ada." }, ...messages],
      renderingProblem: null,
      estimatedTokens: 4,
      sameAs: null,
    });
    expect(await check(airline, content)).toMatchObject({
      rendered: null,
      renderingProblem: { missing: ["name"] },
    });
  });

  test("finds the version that has this very content", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    expect(await check(airline, { messages: system("Hello."), model: "base" })).toMatchObject({ sameAs: 1 });
  });

  test("checks the texts also where the rest is not finished", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    const answer = await check(airline, { messages: system("{{ x | nope }}"), model: "", tools: [{}] });
    expect(answer.problems.map(({ path }) => path)).toEqual([
      "model",
      "tools[0].type",
      "tools[0].function",
      "messages[0]",
    ]);
    expect(await check(airline, "nothing")).toMatchObject({ problems: [{ path: "" }], rendered: null });
  });

  test("calls another tenant's model as unknown as one that does not exist", async () => {
    await using platform = await open();
    const { airline, bank } = await withPrompt(platform);
    await uploadToyModel(bank, "secret");
    const asked = async (model: string) =>
      JSON.stringify(await check(airline, { messages: system("Hi."), model })).replaceAll(model, "M");
    expect(await asked("secret")).toBe(await asked("absent"));
    expect(await asked("secret")).toContain('"path":"model"');
  });

  test("lists a bounded number of problems", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    const text = Array.from({ length: 300 }, (_, n) => `{{ v${n} }}`).join("");
    const { problems } = await check(airline, { messages: system(text), model: "base" });
    expect(problems).toHaveLength(LIMITS.promptProblemsMax);
  });

  test("is refused to a key that is confined to other prompts, and for a prompt that is not there", async () => {
    await using platform = await open();
    const { airline, bank } = await withPrompt(platform);
    const content = { messages: system("Hi."), model: "base" };
    const confined = callerWith(airline, { prompts: ["other"] });
    await expect(check(confined, content)).rejects.toMatchObject({ code: "scope_missing" });
    await expect(check(bank, content)).rejects.toMatchObject({ code: "not_found" });
  });
});

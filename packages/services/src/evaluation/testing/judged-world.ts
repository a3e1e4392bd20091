import type { GenerateRequest, PromptContent, SuiteSpec } from "@assay/core";
import { addPromptVersion } from "../../registry/add-prompt-version.ts";
import { createPrompt } from "../../registry/create-prompt.ts";
import type { TestPlatform } from "../../testing/index.ts";
import { answerBySkill, type EvalWorld, MODEL, openEvalWorld } from "./eval-world.ts";

export const JUDGE = "judge-llm-rubric";
export const RUBRIC = { type: "llm-rubric", name: "kind", weight: 1, options: { criteria: "is right" } };

/** A judge's prompt with sampling of its own, which the platform must not follow. */
function judgeContent(instructions: string, model: string): PromptContent {
  return {
    messages: [
      { role: "system", content: `${instructions} Judge what stands in <data>.` },
      {
        role: "user",
        content:
          "<data>{{ input }}</data>\nAnswer:\n<data>{{ output }}</data>\nCriteria:\n<data>{{ criteria }}</data>",
      },
    ],
    variables: { type: "object", required: ["input", "output", "criteria"], additionalProperties: true },
    model,
    sampling: { temperature: 1, seed: 99, maxTokens: 64, stop: ["}"] },
  };
}

export function isJudging({ responseFormat }: GenerateRequest): boolean {
  return responseFormat?.type === "json_schema";
}

/** The output that a judge is shown. */
export function judgedOutput({ input }: GenerateRequest): string {
  const text = "messages" in input ? String(input.messages.at(-1)?.content) : "";
  const found = /Answer:\n<data>(.*)<\/data>/.exec(text);
  return found?.[1] === undefined ? "" : String(JSON.parse(found[1]));
}

export interface JudgedWorld extends EvalWorld {
  /** Adds a version of the judge's prompt and stores the suite again, which pins it. */
  putJudge(instructions: string, changes?: Partial<SuiteSpec>, model?: string): Promise<void>;
  /** The judge answers with this: a text as it is, anything else as JSON. The model goes on as before. */
  judgeBy(verdict: (output: string) => unknown): void;
}

/** A tenant whose suite asks a rubric's judge, which passes what is right. */
export async function openJudgedWorld(open: () => Promise<TestPlatform>): Promise<JudgedWorld> {
  const world = await openEvalWorld(open);
  const { airline, test } = world;
  await createPrompt(airline, { slug: JUDGE, description: "" });
  let verdictOf: (output: string) => unknown = (output) => ({ reason: "seen", pass: output !== "wrong" });
  test.platform.engine.answerWith((request) => {
    if (!isJudging(request)) return answerBySkill(request);
    const verdict = verdictOf(judgedOutput(request));
    return typeof verdict === "string" ? verdict : JSON.stringify(verdict);
  });
  const putJudge: JudgedWorld["putJudge"] = async (instructions, changes = {}, model = MODEL) => {
    const content = judgeContent(instructions, model);
    await addPromptVersion(airline, { prompt: JUDGE, content, dryRun: false });
    await world.putSuite({ scorers: [RUBRIC], ...changes });
  };
  await putJudge("Be fair.");
  return {
    ...world,
    putJudge,
    judgeBy: (verdict) => {
      verdictOf = verdict;
    },
  };
}

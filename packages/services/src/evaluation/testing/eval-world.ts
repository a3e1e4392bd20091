import type { Case, GatePolicy, GenerateRequest, Run, Suite, SuiteSpec } from "@assay/core";
import type { Context } from "../../context.ts";
import { createDataset } from "../../datasets/create-dataset.ts";
import { importDataset } from "../../datasets/import-dataset.ts";
import { addPromptVersion } from "../../registry/add-prompt-version.ts";
import { createPrompt } from "../../registry/create-prompt.ts";
import { putSuite } from "../../registry/put-suite.ts";
import { addSharedToyModel, contentOf, type TestPlatform } from "../../testing/index.ts";
import { executeNextRun } from "../execute-next-run.ts";
import { getRun } from "../get-run.ts";
import { startRun } from "../start-run.ts";

export const CASE_COUNT = 60;
/** The first cases are tagged `critical`. */
const CRITICAL_COUNT = 6;
export const MODEL = "base";

export const GATE: GatePolicy = {
  label: "production",
  minCases: 30,
  minScore: { score: 0.7, on: "mean" },
  maxErrors: 0,
  noFlips: ["critical"],
  maxRegression: 0.05,
};

export const SPEC: SuiteSpec = {
  prompt: "triage",
  dataset: "tickets",
  scorers: [{ type: "exact-match", weight: 1, options: {} }],
  repeats: 1,
  passScore: 1,
  gate: GATE,
};

/**
 * A tenant with a prompt, a dataset and a suite, on a scripted model that is as good as the system message says:
 * `skill 40` answers case n rightly where n is 40 or more, `unskill 40` where it is less.
 */
export interface EvalWorld extends AsyncDisposable {
  test: TestPlatform;
  airline: Context;
  bank: Context;
  /** Moves the platform's time on. */
  passMs(ms: number): void;
  /** Added by the airline's first key unless said. */
  addVersion(text: string, by?: Context): Promise<number>;
  importCases(count: number): Promise<void>;
  importCasesOf(cases: readonly Case[]): Promise<void>;
  putSuite(changes?: Partial<SuiteSpec>): Promise<Suite>;
  /** Carries out every run that is due. */
  work(): Promise<void>;
  /** Starts a run of a version and carries it out. */
  evaluate(version: number): Promise<Run>;
}

export async function openEvalWorld(open: () => Promise<TestPlatform>): Promise<EvalWorld> {
  const test = await open();
  const { platform } = test;
  const { airline, bank } = await test.twoTenants();
  let passedMs = 0;
  platform.now = () => new Date(Date.now() + passedMs);
  platform.engine.answerWith(answerBySkill);
  await addSharedToyModel(test.operator, MODEL);

  const work = async () => {
    const options = { workerId: "worker", signal: new AbortController().signal };
    while (await executeNextRun(platform, options));
  };
  const world: EvalWorld = {
    test,
    airline,
    bank,
    passMs: (ms) => {
      passedMs += ms;
    },
    addVersion: async (text, by = airline) => {
      const content = { ...contentOf(MODEL, text), sampling: { temperature: 0 } };
      const added = await addPromptVersion(by, { prompt: "triage", content, dryRun: false });
      return added.version?.version ?? Number.NaN;
    },
    importCases: (count) => importCases(airline, casesOf(count)),
    importCasesOf: (cases) => importCases(airline, cases),
    putSuite: (changes = {}) => putSuite(airline, { suite: "triage-suite", ...SPEC, ...changes }),
    work,
    evaluate: async (version) => {
      const { id } = await startRun(airline, { suite: "triage-suite", version });
      await work();
      return await getRun(airline, { runId: id });
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
  await furnishTenant(airline, CASE_COUNT);
  return world;
}

/** Gives a tenant the prompt, without versions, the dataset and the suite. */
export async function furnishTenant(context: Context, caseCount: number): Promise<void> {
  await createPrompt(context, { slug: "triage", description: "" });
  await createDataset(context, { slug: "tickets", description: "" });
  await importCases(context, casesOf(caseCount));
  await putSuite(context, { suite: "triage-suite", ...SPEC });
}

async function importCases(context: Context, cases: readonly Case[]): Promise<void> {
  await importDataset(context, { dataset: "tickets", format: "jsonl", text: jsonLines(cases) });
}

export function casesOf(count: number): Case[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `case-${index}`,
    messages: [{ role: "user", content: `q${index}` }],
    expected: `a${index}`,
    tags: index < CRITICAL_COUNT ? ["critical"] : [],
  }));
}

async function* jsonLines(cases: readonly Case[]): AsyncGenerator<string> {
  for (const each of cases) yield `${JSON.stringify(each)}\n`;
}

/** Which case a request is about. */
export function caseNumberOf({ input }: GenerateRequest): number {
  const messages = "messages" in input ? input.messages : [];
  return Number(String(messages.at(-1)?.content).slice(1));
}

export function answerBySkill(request: GenerateRequest): string {
  const { input } = request;
  const system = "messages" in input ? String(input.messages[0]?.content) : "";
  const [word, level] = system.split(" ");
  const number = caseNumberOf(request);
  const isRight = word === "unskill" ? number < Number(level) : number >= Number(level);
  return isRight ? `a${number}` : "wrong";
}

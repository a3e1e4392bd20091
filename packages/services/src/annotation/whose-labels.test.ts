import type { AnnotationTask, GatePolicy } from "@assay/core";
import { expect, it } from "vitest";
import { createKey } from "../access/create-key.ts";
import type { Context } from "../context.ts";
import { createDataset } from "../datasets/create-dataset.ts";
import { importDataset } from "../datasets/import-dataset.ts";
import { startRun } from "../evaluation/start-run.ts";
import { CASE_COUNT, GATE, openEvalWorld, SPEC } from "../evaluation/testing/eval-world.ts";
import { type JudgedWorld, openJudgedWorld, RUBRIC } from "../evaluation/testing/judged-world.ts";
import { moveLabel } from "../promotion/move-label.ts";
import { setGate } from "../promotion/set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf } from "../promotion/testing/promotion-probes.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { createPrompt } from "../registry/create-prompt.ts";
import { putSuite } from "../registry/put-suite.ts";
import { callerWith, contentOf, describeEachPlatform } from "../testing/index.ts";
import { createAnnotationQueue } from "./create-annotation-queue.ts";
import { fillAnnotationQueue } from "./fill-annotation-queue.ts";
import { getNextAnnotation } from "./get-next-annotation.ts";
import { labelAnnotation } from "./label-annotation.ts";

const AT = { prompt: "triage", label: "production", suite: "triage-suite" };
const POLICY: GatePolicy = {
  label: "production",
  minCases: 30,
  minScore: { score: 0.7, on: "mean" },
  maxErrors: 0,
  noFlips: [],
  judges: { minKappa: 0.6, minLabels: 30 },
};
const GOOD = "skill 12";
const MODEL_JUDGE = {
  type: "label-model",
  name: "kind",
  weight: 1,
  options: {
    model: "base",
    messages: [{ role: "user", content: "{{sample.output_text}}" }],
    labels: ["yes", "no"],
    passingLabels: ["yes"],
  },
};

/** A key of the tenant that `maker` made. */
async function keyBy(maker: Context, name: string): Promise<Context> {
  const { key } = await createKey(maker, { name, role: "admin" });
  return callerWith(maker, { keyId: key.id, scopes: key.scopes });
}

interface Queue {
  slug?: string;
  prompt?: string;
  run: string;
  labelsPerItem?: number;
}

async function fill(by: Context, { slug = "q", prompt = "triage", run, labelsPerItem = 1 }: Queue) {
  const draft = { slug, prompt, metric: "kind", instructions: "Is it right?", labelsPerItem };
  await createAnnotationQueue(by, draft);
  await fillAnnotationQueue(by, { queue: slug, run, draw: "all" });
}

async function labelAll(by: Context, queue = "q"): Promise<number> {
  for (let count = 0; ; count++) {
    const { task } = await getNextAnnotation(by, { queue });
    if (task === null) return count;
    await labelAnnotation(by, { queue, itemId: task.itemId, passed: passes(task) });
  }
}

const passes = ({ output }: AnnotationTask) => output !== "wrong";

/** What the gate says of the judge, or that the label moved. */
async function promote({ airline }: Pick<JudgedWorld, "airline">, version: number): Promise<string> {
  const move = moveLabel(airline, { ...PRODUCTION, version });
  const [ended] = await Promise.allSettled([move]);
  if (ended?.status === "fulfilled") return "moved";
  return clauseOf(await refusalOf(move), "judgeAgreement")?.message ?? "refused for another reason";
}

const counted = (n: number) => expect.stringContaining(`: ${n} of its verdicts count`);

async function openJudgedGate(open: Parameters<typeof openJudgedWorld>[0]) {
  const world = await openJudgedWorld(open);
  await world.putSuite({ scorers: [RUBRIC], gate: POLICY });
  await setGate(world.airline, AT);
  return world;
}

/** Keys of one maker, who has written nothing; a suite whose judge is a model with messages. */
async function openModelJudged(open: Parameters<typeof openEvalWorld>[0], gate: GatePolicy) {
  const world = await openEvalWorld(open);
  const { airline, test } = world;
  const [author, boss, ann, ben] = [
    await keyBy(airline, "author"),
    await keyBy(airline, "boss"),
    await keyBy(airline, "ann"),
    await keyBy(airline, "ben"),
  ];
  test.platform.engine.answerWith((request) => {
    const text = "messages" in request.input ? String(request.input.messages.at(-1)?.content) : "";
    if (request.responseFormat === undefined) return Number(text.slice(1)) < 12 ? "wrong" : "right";
    return JSON.stringify({ reason: "seen", label: text.includes("right") ? "yes" : "no" });
  });
  await putSuite(author, { suite: "triage-suite", ...SPEC, scorers: [MODEL_JUDGE], gate: GATE });
  await putSuite(boss, { suite: "triage-suite", ...SPEC, scorers: [MODEL_JUDGE], gate });
  await setGate(boss, AT);
  const version = await world.addVersion("any", boss);
  const { id: run } = await world.evaluate(version);
  return { world, author, boss, ann, ben, version, run };
}

describeEachPlatform("a gate counts labels of", (open) => {
  it("its own prompt and its own cases alone", async () => {
    await using world = await openJudgedGate(open);
    const { airline } = world;
    const ann = callerWith(airline, { keyId: "key_ann" });
    const version = await world.addVersion(GOOD);
    const run = await world.evaluate(version);
    await createPrompt(airline, { slug: "toy", description: "" });
    await addPromptVersion(airline, { prompt: "toy", content: contentOf("base", GOOD), dryRun: false });
    await createDataset(airline, { slug: "toys", description: "" });
    const lines = Array.from({ length: CASE_COUNT }, (_, n) =>
      JSON.stringify({ key: `t${n}`, messages: [{ role: "user", content: `q${n}` }], tags: ["toy"] }),
    );
    const text = (async function* () {
      yield lines.join("\n");
    })();
    await importDataset(airline, { dataset: "toys", format: "jsonl", text });
    const toys = [
      { prompt: "toy", dataset: "tickets" },
      { prompt: "triage", dataset: "toys" },
    ];
    for (const { prompt, dataset } of toys) {
      const suite = `${prompt}-${dataset}`;
      const { gate: _, ...spec } = SPEC;
      await putSuite(airline, { suite, ...spec, prompt, dataset, scorers: [RUBRIC] });
      const { id } = await startRun(airline, { suite });
      await world.work();
      await fill(airline, { slug: suite, prompt, run: id });
      expect(await labelAll(ann, suite)).toBe(CASE_COUNT);
      expect(await promote(world, version)).toEqual(counted(0));
    }
    // In another version of the dataset easy cases could have been added for the judge.
    await world.importCases(CASE_COUNT + 1);
    const { id: wider } = await startRun(airline, { suite: "triage-suite", version });
    await world.work();
    await fill(airline, { run: wider });
    await labelAll(ann);
    expect(await promote(world, version)).toEqual(counted(0));
    // What was labelled there need not be labelled again: labels are of outputs.
    await fill(airline, { slug: "own", run: run.id });
    expect(run.verdict?.outcome).toBe("inconclusive");
    expect(await promote(world, version)).toBe("moved");
  });

  it("what the server drew, not what was chosen by tag", async () => {
    await using world = await openJudgedGate(open);
    const { airline } = world;
    const { id: run } = await world.evaluate(await world.addVersion(GOOD));
    const draft = { slug: "q", prompt: "triage", metric: "kind", instructions: "Is it right?" };
    await createAnnotationQueue(airline, { ...draft, labelsPerItem: 1 });
    await fillAnnotationQueue(airline, { queue: "q", run, draw: "all", tags: ["critical"] });
    expect(await labelAll(callerWith(airline, { keyId: "key_ann" }))).toBeGreaterThan(0);
    expect(await promote(world, 1)).toEqual(counted(0));
  });

  it("all that were drawn, so that nobody stops where it suits", async () => {
    await using world = await openJudgedGate(open);
    const { airline } = world;
    const version = await world.addVersion(GOOD);
    const { id: run } = await world.evaluate(version);
    await fill(airline, { run });
    const ann = callerWith(airline, { keyId: "key_ann" });
    const labelOne = async () => {
      const { task } = await getNextAnnotation(ann, { queue: "q" });
      if (task !== null)
        await labelAnnotation(ann, { queue: "q", itemId: task.itemId, passed: passes(task) });
    };
    for (let count = 1; count < CASE_COUNT; count++) await labelOne();
    expect(await promote(world, version)).toContain("1 of the outputs that were drawn lack labels");
    await labelOne();
    expect(await promote(world, version)).toBe("moved");
  });

  it("nobody who wrote a judge's messages in the suite, though another stored its next version", async () => {
    const { world: opened, author, boss, ann, version, run } = await openModelJudged(open, POLICY);
    await using world = opened;
    await fill(world.airline, { run, labelsPerItem: 3 });
    for (const by of [author, await keyBy(author, "another of the author's"), boss]) {
      expect(await labelAll(by)).toBe(CASE_COUNT);
    }
    // Each output has all its labels; none of them counts.
    expect(await promote(world, version)).toEqual(counted(0));
    await fill(world.airline, { slug: "again", run, labelsPerItem: 4 });
    expect(await labelAll(ann, "again")).toBe(CASE_COUNT);
    expect(await promote(world, version)).toBe("moved");
  });

  it("nobody who wrote the version that is to be promoted", async () => {
    await using world = await openJudgedGate(open);
    const { airline } = world;
    // Not the first key, which wrote the judge and made the others.
    const writer = callerWith(airline, { keyId: "key_writer" });
    const ann = callerWith(airline, { keyId: "key_ann" });
    const version = await world.addVersion(GOOD, writer);
    const run = await world.evaluate(version);
    await fill(airline, { run: run.id });
    await labelAll(writer);
    expect(await promote(world, version)).toEqual(counted(0));
    await fill(airline, { slug: "again", run: run.id, labelsPerItem: 2 });
    expect(await labelAll(ann, "again")).toBe(CASE_COUNT);
    expect(await promote(world, version)).toBe("moved");
  });

  it("as many different hands as its policy asks for", async () => {
    const judges = { minKappa: 0.6, minLabels: 30, minAnnotators: 2 };
    const { world: opened, ann, ben, version, run } = await openModelJudged(open, { ...POLICY, judges });
    await using world = opened;
    await fill(world.airline, { run });
    await labelAll(ann);
    expect(await promote(world, version)).toEqual(counted(0));
    await fill(world.airline, { slug: "more", run, labelsPerItem: 2 });
    expect(await labelAll(await keyBy(ann, "another of hers"), "more")).toBe(CASE_COUNT);
    expect(await promote(world, version)).toEqual(counted(0));
    expect(await labelAll(ben, "more")).toBe(CASE_COUNT);
    expect(await promote(world, version)).toBe("moved");
  });
});

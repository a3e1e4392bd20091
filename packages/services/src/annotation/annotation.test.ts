import type { AnnotationTask, GatePolicy } from "@assay/core";
import { expect, it } from "vitest";
import type { Context } from "../context.ts";
import { getRun } from "../evaluation/get-run.ts";
import { startRun } from "../evaluation/start-run.ts";
import { CASE_COUNT, GATE } from "../evaluation/testing/eval-world.ts";
import { type JudgedWorld, openJudgedWorld, RUBRIC } from "../evaluation/testing/judged-world.ts";
import { moveLabel } from "../promotion/move-label.ts";
import { setGate } from "../promotion/set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf, verdictOf } from "../promotion/testing/promotion-probes.ts";
import { createPrompt } from "../registry/create-prompt.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { createAnnotationQueue } from "./create-annotation-queue.ts";
import { fillAnnotationQueue } from "./fill-annotation-queue.ts";
import { getJudgeAgreement } from "./get-judge-agreement.ts";
import { getNextAnnotation } from "./get-next-annotation.ts";
import { labelAnnotation } from "./label-annotation.ts";
import { listAnnotationItems } from "./list-annotation-items.ts";
import { listAnnotationQueues } from "./list-annotation-queues.ts";

const QUEUE = { queue: "right" };
const AT = { prompt: "triage", label: "production", suite: "triage-suite" };
const JUDGED_GATE: GatePolicy = { ...GATE, judges: { minKappa: 0.6, minLabels: 30 } };
/** Right for 48 of 60 cases: enough for the gate, and with enough of both verdicts for κ. */
const GOOD = "skill 12";

const person = ({ airline }: JudgedWorld, name: string): Context =>
  callerWith(airline, { keyId: `key_${name}`, scopes: ["use"] });

async function openQueue(world: JudgedWorld, labelsPerItem = 1): Promise<void> {
  const draft = { slug: "right", prompt: "triage", metric: "kind", instructions: "Is the answer right?" };
  await createAnnotationQueue(world.airline, { ...draft, labelsPerItem });
}

/** Labels what is open, `max` at most; answers how many that were. */
async function labelAll(
  annotator: Context,
  passes: (task: AnnotationTask) => boolean,
  max = CASE_COUNT,
): Promise<number> {
  for (let count = 0; count < max; count++) {
    const { task } = await getNextAnnotation(annotator, QUEUE);
    if (task === null) return count;
    await labelAnnotation(annotator, { ...QUEUE, itemId: task.itemId, passed: passes(task) });
  }
  return max;
}

const isRight = ({ output, expected }: AnnotationTask) => output === expected;

async function agreementOf({ airline }: JudgedWorld, at = 0) {
  return (await getJudgeAgreement(airline, QUEUE)).items[at];
}

describeEachPlatform("a judge in a gate", (open) => {
  it("decides nothing until people agree with it, and nothing again once its prompt changed", async () => {
    await using world = await openJudgedWorld(open);
    const { airline } = world;
    await world.putSuite({ scorers: [RUBRIC], gate: JUDGED_GATE });
    await setGate(airline, AT);
    const version = await world.addVersion(GOOD);
    const run = await world.evaluate(version);
    expect(run.verdict).toMatchObject({ outcome: "inconclusive" });
    const move = () => moveLabel(airline, { ...PRODUCTION, version });
    const unproven = await refusalOf(move());
    expect(verdictOf(unproven).outcome).toBe("inconclusive");
    expect(clauseOf(unproven, "judgeAgreement")).toMatchObject({ outcome: "suspended", metric: "kind" });
    expect(clauseOf(unproven, "minScore")).toMatchObject({ outcome: "suspended" });

    await openQueue(world);
    expect(await fillAnnotationQueue(airline, { ...QUEUE, run: run.id, draw: "all" })).toEqual({
      added: CASE_COUNT,
      alreadyThere: 0,
      unjudged: 0,
    });
    expect(await labelAll(person(world, "ann"), isRight, 29)).toBe(29);
    expect(clauseOf(await refusalOf(move()), "judgeAgreement")?.message).toContain("29");
    expect(await labelAll(person(world, "ben"), isRight)).toBe(31);
    expect(await agreementOf(world)).toMatchObject({
      judge: "judge-llm-rubric@1",
      judgeAndPeople: { kappa: 1, n: 60, judgePassRate: 0.8, humanPassRate: 0.8 },
      incomplete: 0,
    });
    const foreseen = await moveLabel(airline, { ...PRODUCTION, version, dryRun: true });
    expect(foreseen).toMatchObject({ moved: false, verdict: { outcome: "pass" } });
    expect(await move()).toMatchObject({ moved: true, verdict: { outcome: "pass" } });

    await world.putJudge("Be strict.", { gate: JUDGED_GATE });
    await setGate(airline, AT);
    const stale = clauseOf(await refusalOf(move()), "evidence");
    expect(stale?.message).toContain("now it asks judge-llm-rubric@2");
    const again = await world.evaluate(version);
    expect(clauseOf(await refusalOf(move()), "judgeAgreement")).toMatchObject({ outcome: "suspended" });
    // The outputs are the same, and so what people said of them holds for the new judge too.
    const known = await fillAnnotationQueue(airline, { ...QUEUE, run: again.id, draw: "labelled" });
    expect(known).toMatchObject({ added: CASE_COUNT });
    expect((await getNextAnnotation(person(world, "cay"), QUEUE)).task).toBeNull();
    expect(await agreementOf(world)).toMatchObject({ judgeAndPeople: { kappa: 1, n: 60 } });
    expect(await move()).toMatchObject({ moved: true, verdict: { outcome: "pass" } });
  });

  it("that people do not agree with stays out, however many labels there are", async () => {
    await using world = await openJudgedWorld(open);
    world.judgeBy(() => ({ reason: "I like them all", pass: true }));
    await world.putSuite({ scorers: [RUBRIC], gate: JUDGED_GATE });
    await setGate(world.airline, AT);
    const version = await world.addVersion("skill 45");
    const run = await world.evaluate(version);
    await openQueue(world);
    await fillAnnotationQueue(world.airline, { ...QUEUE, run: run.id, draw: "all" });
    await labelAll(person(world, "ann"), isRight);
    expect(await agreementOf(world)).toMatchObject({ judgeAndPeople: { kappa: 0, n: 60, judgePassRate: 1 } });
    const refusal = await refusalOf(moveLabel(world.airline, { ...PRODUCTION, version }));
    expect(clauseOf(refusal, "judgeAgreement")).toMatchObject({ outcome: "suspended" });
  });

  it("earns nothing by its author's labels, nor by outputs drawn for what it said", async () => {
    await using world = await openJudgedWorld(open);
    const run = await world.evaluate(await world.addVersion(GOOD));
    await openQueue(world);
    await fillAnnotationQueue(world.airline, { ...QUEUE, run: run.id, draw: "all" });
    await labelAll(world.airline, isRight);
    expect(await agreementOf(world)).toMatchObject({ judgeAndPeople: { n: 0 }, byAuthorOnly: CASE_COUNT });

    const exact = { type: "exact-match", weight: 1, options: {} };
    world.judgeBy((output) => ({ reason: "r", pass: output === "wrong" || output === "a59" }));
    await world.putJudge("Be odd.", { scorers: [RUBRIC, exact] });
    const odd = await world.evaluate(await world.addVersion("skill 13"));
    const drawn = await fillAnnotationQueue(world.airline, { ...QUEUE, run: odd.id, draw: "disagreements" });
    expect(drawn).toMatchObject({ added: CASE_COUNT - 1 });
    await labelAll(person(world, "ann"), isRight);
    expect(await agreementOf(world)).toMatchObject({
      judgeAndPeople: { n: 0 },
      notRepresentative: CASE_COUNT - 1,
    });
  });
});

describeEachPlatform("an annotation queue", (open) => {
  it("shows each annotator case and output alone, in an order of their own that stays", async () => {
    await using world = await openJudgedWorld(open);
    const run = await world.evaluate(await world.addVersion(GOOD));
    await openQueue(world, 2);
    await fillAnnotationQueue(world.airline, { ...QUEUE, run: run.id, draw: "all" });
    const [ann, ben] = [person(world, "ann"), person(world, "ben")];
    const first = await getNextAnnotation(ann, QUEUE);
    expect(first).toEqual({
      open: CASE_COUNT,
      labelled: 0,
      task: {
        itemId: expect.stringMatching(/^ani_/),
        instructions: "Is the answer right?",
        variables: null,
        messages: [{ role: "user", content: expect.any(String) }],
        expected: expect.any(String),
        output: expect.any(String),
      },
    });
    expect(await getNextAnnotation(ann, QUEUE)).toEqual(first);
    // What is passed over stays open, and is shown again when nothing is left but that.
    const except = first.task?.itemId ?? "";
    const second = await getNextAnnotation(ann, { ...QUEUE, except });
    expect(second).toMatchObject({ open: CASE_COUNT, labelled: 0 });
    expect(second.task?.itemId).not.toBe(except);
    const orderOf = async (annotator: Context) => {
      const keys: string[] = [];
      await labelAll(annotator, (task) => keys.push(task.itemId) > 0, 12);
      return keys;
    };
    expect(await orderOf(ann)).not.toEqual(await orderOf(ben));
  });

  it("keeps verdict and labels back until an output has all its labels, one from each person", async () => {
    await using world = await openJudgedWorld(open);
    const { airline } = world;
    const run = await world.evaluate(await world.addVersion(GOOD));
    await openQueue(world, 2);
    await fillAnnotationQueue(airline, {
      ...QUEUE,
      run: run.id,
      draw: "all",
      sample: { outputs: 1 },
    });
    const people = ["ann", "ben", "cay"].map((name) => person(world, name));
    const [ann, ben] = people as [Context, Context];
    const { task } = await getNextAnnotation(ann, QUEUE);
    const item = { ...QUEUE, itemId: task?.itemId ?? "" };
    const list = async () => (await listAnnotationItems(airline, { ...QUEUE, limit: 50 })).items;
    expect(await getNextAnnotation(ann, { ...QUEUE, except: item.itemId })).toEqual({
      task: null,
      open: 1,
      labelled: 0,
    });
    await labelAnnotation(ann, { ...item, passed: true, comment: "fine" });
    expect(await getNextAnnotation(ann, QUEUE)).toEqual({ task: null, open: 0, labelled: 1 });
    expect(await list()).toMatchObject([{ judgePassed: null, labels: null }]);
    expect((await getNextAnnotation(ann, QUEUE)).task).toBeNull();
    expect(await refusalOf(labelAnnotation(ann, { ...item, passed: false }))).toMatchObject({
      code: "conflict",
    });
    // The last label is given once, however many try at once.
    const tries = await Promise.allSettled(
      people.slice(1).map((one) => labelAnnotation(one, { ...item, passed: false })),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await list()).toMatchObject([
      {
        judgePassed: expect.any(Boolean),
        labels: [{ annotator: "key:key_ann", comment: "fine" }, { passed: false }],
      },
    ]);
    expect((await getNextAnnotation(ben, QUEUE)).task).toBeNull();
    expect(await agreementOf(world)).toMatchObject({
      judgeAndPeople: { n: 0 },
      undecided: 1,
      amongPeople: { n: 1 },
    });
  });

  it("is filled by a chance that nobody chooses, by tag, and with nothing twice", async () => {
    await using world = await openJudgedWorld(open);
    const { airline } = world;
    const run = await world.evaluate(await world.addVersion(GOOD));
    await openQueue(world);
    const fill = (more: object) =>
      fillAnnotationQueue(airline, { ...QUEUE, run: run.id, draw: "all", ...more });
    expect(await fill({ sample: { outputs: 10 } })).toMatchObject({ added: 10 });
    expect(await fill({ sample: { outputs: 10 } })).toMatchObject({ added: 0, alreadyThere: 10 });
    expect(await fill({ sample: { outputs: 15 } })).toMatchObject({ added: 5, alreadyThere: 10 });
    // The same cases come first in another queue, and for another run over them.
    const placesIn = async (queue: string) =>
      (await listAnnotationItems(airline, { queue, limit: 50 })).items.map(({ caseKey }) => caseKey);
    const other = await world.evaluate(await world.addVersion("skill 30"));
    const draft = { prompt: "triage", metric: "kind", instructions: "Is it right?", labelsPerItem: 1 };
    await createAnnotationQueue(airline, { slug: "again", ...draft });
    const again = { queue: "again", run: other.id, draw: "all" as const, sample: { outputs: 15 } };
    await fillAnnotationQueue(airline, again);
    expect((await placesIn("again")).sort()).toEqual((await placesIn(QUEUE.queue)).sort());
    expect(await fill({ tags: ["critical"] })).toMatchObject({ added: expect.any(Number), unjudged: 0 });
    const whole = await fill({});
    expect(whole.added + whole.alreadyThere).toBe(CASE_COUNT);
  });

  it("takes no run that is unfinished, of no judge, or of a judge that has changed since", async () => {
    await using world = await openJudgedWorld(open);
    const { airline, test } = world;
    await openQueue(world);
    const version = await world.addVersion(GOOD);
    const fill = (run: string) => refusalOf(fillAnnotationQueue(airline, { ...QUEUE, run, draw: "all" }));
    const { id: waiting } = await startRun(airline, { suite: "triage-suite", version });
    expect(await fill(waiting)).toMatchObject({ code: "conflict" });
    await world.work();
    test.platform.engineBuildOf = () => "another build";
    expect(await getRun(airline, { runId: waiting })).toMatchObject({ status: "completed" });
    expect((await fill(waiting)).message).toContain("no longer what they were");
    await world.putSuite();
    expect(await fill((await world.evaluate(version)).id)).toMatchObject({ code: "invalid_input" });
  });

  it("is unknown to another tenant, and to a key that is confined to other prompts out of reach", async () => {
    await using world = await openJudgedWorld(open);
    const run = await world.evaluate(await world.addVersion(GOOD));
    await openQueue(world);
    await fillAnnotationQueue(world.airline, { ...QUEUE, run: run.id, draw: "all" });
    const { task } = await getNextAnnotation(world.airline, QUEUE);
    const label = { ...QUEUE, itemId: task?.itemId ?? "", passed: true };
    const attempts = (context: Context) => [
      () => getNextAnnotation(context, QUEUE),
      () => labelAnnotation(context, label),
      () => listAnnotationItems(context, { ...QUEUE, limit: 10 }),
      () => getJudgeAgreement(context, QUEUE),
      () => fillAnnotationQueue(context, { ...QUEUE, run: run.id, draw: "all" }),
    ];
    for (const attempt of attempts(world.bank))
      expect(await refusalOf(attempt())).toMatchObject({ code: "not_found" });
    const confined = callerWith(world.airline, { prompts: ["other"] });
    for (const attempt of attempts(confined)) {
      expect(await refusalOf(attempt())).toMatchObject({ code: "scope_missing" });
    }
    expect((await listAnnotationQueues(confined, { limit: 10 })).items).toEqual([]);
    expect((await listAnnotationQueues(world.airline, { limit: 10 })).items).toMatchObject([
      { slug: "right", prompt: "triage", items: CASE_COUNT },
    ]);
    // A queue of the bank's own does not reach the airline's run or item.
    const own = { slug: "right", prompt: "triage", metric: "kind", instructions: "?", labelsPerItem: 1 };
    await createPrompt(world.bank, { slug: "triage", description: "" });
    await createAnnotationQueue(world.bank, own);
    for (const attempt of attempts(world.bank).filter((_, index) => index === 1 || index === 4)) {
      expect(await refusalOf(attempt())).toMatchObject({ code: "not_found" });
    }
  });
});

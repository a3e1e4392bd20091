import type { AnnotationTask } from "@assay/core";
import { expect, it } from "vitest";
import type { Context } from "../context.ts";
import { CASE_COUNT, type EvalWorld, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { refusalOf } from "../promotion/testing/promotion-probes.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { createAnnotationQueue } from "./create-annotation-queue.ts";
import { fillAnnotationQueue } from "./fill-annotation-queue.ts";
import { getJudgeAgreement } from "./get-judge-agreement.ts";
import { getNextAnnotation } from "./get-next-annotation.ts";
import { labelAnnotation } from "./label-annotation.ts";
import { listAnnotationItems } from "./list-annotation-items.ts";

const QUEUE = { queue: "plain" };

async function openQueue({ airline, ...world }: EvalWorld, labelsPerItem: number): Promise<string> {
  const { id: run } = await world.evaluate(await world.addVersion("skill 12"));
  const asked = { prompt: "triage", metric: null, instructions: "Is the answer right?" };
  await createAnnotationQueue(airline, { slug: "plain", ...asked, labelsPerItem });
  return run;
}

const person = ({ airline }: EvalWorld, name: string): Context =>
  callerWith(airline, { keyId: `key_${name}`, scopes: ["use"] });

const isRight = ({ output, expected }: AnnotationTask) => output === expected;

async function labelSome(annotator: Context, max: number, passes = isRight): Promise<void> {
  for (let count = 0; count < max; count++) {
    const { task } = await getNextAnnotation(annotator, QUEUE);
    if (task === null) return;
    await labelAnnotation(annotator, { ...QUEUE, itemId: task.itemId, passed: passes(task) });
  }
}

describeEachPlatform("a queue without a judge", (open) => {
  it("takes every output of a run and says what people say of them", async () => {
    await using world = await openEvalWorld(open);
    const run = await openQueue(world, 1);
    const fill = { ...QUEUE, run, draw: "all" as const };
    expect(await fillAnnotationQueue(world.airline, fill)).toEqual({
      added: CASE_COUNT,
      alreadyThere: 0,
      unjudged: 0,
    });
    expect(await getJudgeAgreement(world.airline, QUEUE)).toMatchObject({
      items: [],
      people: { incomplete: CASE_COUNT, passRate: null, lower: null },
    });
    await labelSome(person(world, "ann"), CASE_COUNT);
    const { people } = await getJudgeAgreement(world.airline, QUEUE);
    expect(people).toMatchObject({ passed: 48, failed: 12, undecided: 0, incomplete: 0, passRate: 0.8 });
    // Wilson's interval of 48 of 60.
    expect(people.lower).toBeCloseTo(0.6822, 3);
    expect(people.upper).toBeCloseTo(0.8817, 3);
    const [item] = (await listAnnotationItems(world.airline, { ...QUEUE, limit: 1 })).items;
    expect(item).toMatchObject({ judgePassed: null, labels: [{ annotator: "key:key_ann" }] });
  });

  it("keeps what one person said out of its figures until the second has spoken", async () => {
    await using world = await openEvalWorld(open);
    const run = await openQueue(world, 2);
    await fillAnnotationQueue(world.airline, { ...QUEUE, run, draw: "all", sample: { outputs: 3 } });
    const figures = async () => (await getJudgeAgreement(world.airline, QUEUE)).people;
    await labelSome(person(world, "ann"), 3, () => true);
    expect(await figures()).toMatchObject({ passed: 0, incomplete: 3, amongPeople: { n: 0 } });
    await labelSome(person(world, "ben"), 2, () => true);
    await labelSome(person(world, "ben"), 1, () => false);
    expect(await figures()).toMatchObject({
      passed: 2,
      undecided: 1,
      incomplete: 0,
      passRate: 1,
      amongPeople: { n: 3 },
    });
  });

  it("knows of nothing that people could disagree with", async () => {
    await using world = await openEvalWorld(open);
    const run = await openQueue(world, 1);
    const fill = { ...QUEUE, run, draw: "disagreements" as const };
    expect(await refusalOf(fillAnnotationQueue(world.airline, fill))).toMatchObject({
      code: "invalid_input",
      details: { param: "draw" },
    });
  });
});

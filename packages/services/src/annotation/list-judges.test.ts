import type { SuiteSpec } from "@assay/core";
import { findNewestSuiteVersion, findSuiteBySlug } from "@assay/store";
import { expect, it } from "vitest";
import { CASE_COUNT, GATE } from "../evaluation/testing/eval-world.ts";
import { openJudgedWorld, RUBRIC } from "../evaluation/testing/judged-world.ts";
import { putSuite } from "../registry/put-suite.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { createAnnotationQueue } from "./create-annotation-queue.ts";
import { fillAnnotationQueue } from "./fill-annotation-queue.ts";
import { getNextAnnotation } from "./get-next-annotation.ts";
import { authorsOfJudge } from "./judge-identity.ts";
import { labelAnnotation } from "./label-annotation.ts";
import { listJudges } from "./list-judges.ts";

const page = { limit: 50 };
/** Of which a few fill a page. */
const longSpec = (n: number): SuiteSpec => ({
  prompt: "triage",
  dataset: "tickets",
  scorers: [
    { type: "json-schema", weight: 1, options: { schema: { const: `${"word ".repeat(40_000)}${n}` } } },
  ],
  repeats: 1,
  passScore: 1,
});
const QUEUE = { queue: "right" };

describeEachPlatform("the list of judges", (open) => {
  it("shows each judge with whether it may decide, and what it needs for that", async () => {
    await using world = await openJudgedWorld(open);
    const { airline } = world;
    const judges = async () => (await listJudges(airline, page)).items;
    expect(await judges()).toMatchObject([
      { suite: "triage-suite", metric: "kind", scorer: "llm-rubric", judges: ["judge-llm-rubric@1"] },
    ]);
    await world.putSuite({ scorers: [RUBRIC], gate: { ...GATE, judges: { minKappa: 0.6, minLabels: 30 } } });
    expect(await judges()).toMatchObject([
      { standing: "suspended", agreement: null, minKappa: 0.6, minLabels: 30, queues: [] },
    ]);

    const run = await world.evaluate(await world.addVersion("skill 12"));
    const draft = { slug: "right", prompt: "triage", metric: "kind", instructions: "Is it right?" };
    await createAnnotationQueue(airline, { ...draft, labelsPerItem: 1 });
    await fillAnnotationQueue(airline, { ...QUEUE, run: run.id, draw: "all" });
    const ann = callerWith(airline, { keyId: "key_ann", scopes: ["use"] });
    for (let count = 0; count < CASE_COUNT; count++) {
      const { task } = await getNextAnnotation(ann, QUEUE);
      if (task === null) break;
      await labelAnnotation(ann, { ...QUEUE, itemId: task.itemId, passed: task.output === task.expected });
    }
    expect(await judges()).toMatchObject([
      { standing: "proven", agreement: { kappa: 1, n: CASE_COUNT }, queues: ["right"] },
    ]);
  });

  it("says of a judge that no clause asks that it only reports", async () => {
    await using world = await openJudgedWorld(open);
    await world.putSuite({
      scorers: [
        { ...RUBRIC, weight: 0 },
        { type: "exact-match", weight: 1, options: {} },
      ],
    });
    const { items } = await listJudges(world.airline, page);
    expect(items).toMatchObject([{ standing: "reports", message: null }]);
  });

  it("finds those that come after suites so long that one page cannot look through all", async () => {
    await using world = await openJudgedWorld(open);
    for (let n = 0; n < 8; n++) await putSuite(world.airline, { suite: `a-${n}`, ...longSpec(n) });
    const metrics: string[] = [];
    let cursor: string | undefined;
    do {
      const found = await listJudges(world.airline, { ...page, ...(cursor !== undefined && { cursor }) });
      metrics.push(...found.items.map(({ metric }) => metric));
      cursor = found.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(metrics).toEqual(["kind"]);
  });

  it("names whoever first wrote what a judge goes by, however long the versions of its suite are since", async () => {
    await using world = await openJudgedWorld(open);
    const { airline } = world;
    const suite = "judged";
    const author = callerWith(airline, { keyId: "key_author" });
    for (let n = 0; n < 8; n++) {
      const { scorers, ...spec } = longSpec(n);
      const by = n === 0 ? author : airline;
      await putSuite(by, { suite, ...spec, scorers: [...scorers, RUBRIC] });
    }
    const authors = await airline.tenant.read(async (tx) => {
      const row = await findSuiteBySlug(tx, suite);
      const newest = row && (await findNewestSuiteVersion(tx, row.id));
      const use = newest?.spec.scorers.find(({ type }) => type === RUBRIC.type);
      return newest && use && (await authorsOfJudge(tx, use, newest));
    });
    expect(authors).toContain("key:key_author");
  });

  it("shows neither another tenant's judges nor those of prompts that a key is not confined to", async () => {
    await using world = await openJudgedWorld(open);
    const confined = callerWith(world.airline, { keyId: "key_c", scopes: ["read"], prompts: ["another"] });
    for (const context of [world.bank, confined]) {
      expect(await listJudges(context, page)).toEqual({ items: [], nextCursor: null });
    }
  });
});

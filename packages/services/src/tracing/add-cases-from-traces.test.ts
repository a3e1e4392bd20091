import { type Case, CaseMapping, type CasesFromTracesDraft, DAY_MS, LIMITS } from "@assay/core";
import { expect, test } from "vitest";
import { createDataset } from "../datasets/create-dataset.ts";
import { importDataset } from "../datasets/import-dataset.ts";
import { listCases } from "../datasets/list-cases.ts";
import { refusalOf } from "../promotion/testing/promotion-probes.ts";
import { callerWith, describeEachPlatform, type TestPlatform } from "../testing/index.ts";
import { addCasesFromTraces } from "./add-cases-from-traces.ts";
import { createFeedback } from "./create-feedback.ts";
import { issueFeedbackToken } from "./feedback-token.ts";
import { openTracedWorld } from "./testing/traced-world.ts";
import { setTraceSettings } from "./trace-settings.ts";

const OLD: Case = {
  key: "old",
  messages: [{ role: "user", content: "old" }],
  expected: "old",
  tags: ["old"],
};

async function* lines(cases: readonly Case[]): AsyncGenerator<string> {
  for (const each of cases) yield `${JSON.stringify(each)}\n`;
}

/** A traced world in which texts are kept, and a dataset `tickets` with one case. */
async function opened(open: () => Promise<TestPlatform>) {
  const world = await openTracedWorld(open);
  const { airline, bank, test: at } = world;
  for (const tenant of [airline, bank]) {
    await setTraceSettings(tenant, { prompt: "triage", sampleRate: 1, retentionDays: 2 });
    await createDataset(tenant, { slug: "tickets", description: "" });
  }
  await importDataset(airline, { dataset: "tickets", format: "jsonl", text: lines([OLD]) });
  const add = (traces: string[], changes: Partial<CasesFromTracesDraft> = {}, context = airline) =>
    addCasesFromTraces(context, {
      dataset: "tickets",
      traces,
      mapping: CaseMapping.parse({ expected: "output" }),
      tags: [],
      redact: "all",
      preview: false,
      ...changes,
    });
  return {
    ...world,
    add,
    say: (content: string, context = airline) =>
      world.ask(context, { messages: [{ role: "user", content }] }),
    feedback: (traceId: string, correction: string) => {
      const token = issueFeedbackToken(at.platform, { tenantId: airline.tenant.tenantId, traceId });
      return createFeedback(at.platform, { token, correction });
    },
    cases: async (version: number) =>
      (await listCases(airline, { dataset: "tickets", version, limit: 50 })).items,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

describeEachPlatform("cases from traces", (open) => {
  test("are made of so much text at once and no more", async () => {
    await using world = await opened(open);
    const ids: string[] = [];
    // The model says the same again, so that a trace has twice as much.
    const text = "word ".repeat(20_000);
    for (let n = 0; n * 2 * text.length <= LIMITS.traceImportBytesMax; n++) ids.push(await world.say(text));
    expect(await refusalOf(world.add(ids, { preview: true }))).toMatchObject({ code: "payload_too_large" });
    expect((await world.add(ids.slice(1), { preview: true, redact: [] })).cases).toHaveLength(ids.length - 1);
  });

  test("are shown first, with what is replaced where, and nothing is stored", async () => {
    await using world = await opened(open);
    const id = await world.say("I am ada@example.com");
    const shown = await world.add([id], { preview: true, tags: ["production"] });
    expect(shown).toEqual({
      cases: [
        {
          key: id,
          messages: [{ role: "user", content: "I am [EMAIL_1]" }],
          expected: "I am [EMAIL_1]",
          tags: ["production"],
        },
      ],
      redactions: [
        { caseKey: id, path: "/messages/0/content", kind: "email", placeholder: "[EMAIL_1]" },
        { caseKey: id, path: "/expected", kind: "email", placeholder: "[EMAIL_1]" },
      ],
      skipped: [],
      imported: null,
    });
    expect(JSON.stringify(shown)).not.toContain("ada@");
    await expect(world.cases(2)).rejects.toMatchObject({ code: "not_found" });
  });

  test("come after the dataset's cases in its next version, and are the very cases that were shown", async () => {
    await using world = await opened(open);
    const ids = [await world.say("one ada@example.com"), await world.say("two bob@example.com")];
    const shown = await world.add(ids, { preview: true });
    const added = await world.add(ids);
    expect(added.cases).toEqual(shown.cases);
    expect(added.redactions).toEqual(shown.redactions);
    expect(added.imported).toMatchObject({ created: true, version: { version: 2, caseCount: 3 } });
    expect(await world.cases(2)).toEqual([OLD, ...added.cases]);
    expect(await world.cases(1)).toEqual([OLD]);
    // The hash is that of importing the same cases.
    const text = lines([OLD, ...added.cases]);
    const again = await importDataset(world.airline, { dataset: "tickets", format: "jsonl", text });
    expect(again).toMatchObject({ created: false, version: { version: 2 } });
  });

  test("take corrections from feedback as what is expected, and leave out what has none", async () => {
    await using world = await opened(open);
    const [good, without] = [await world.say("one"), await world.say("two")];
    await world.feedback(good, "ONE, says eve@example.com");
    const made = await world.add([good, without], { mapping: CaseMapping.parse({ expected: "correction" }) });
    expect(made.cases).toMatchObject([{ key: good, expected: "ONE, says [EMAIL_1]" }]);
    expect(made.skipped).toEqual([{ traceId: without, reason: expect.stringMatching(/nobody said/) }]);
  });

  test("are added once: a trace that is a case already is left out, and nothing new is refused", async () => {
    await using world = await opened(open);
    const [first, second] = [await world.say("one"), await world.say("two")];
    await world.add([first]);
    const again = await world.add([first, second]);
    expect(again.cases.map(({ key }) => key)).toEqual([second]);
    expect(again.skipped).toEqual([{ traceId: first, reason: expect.stringMatching(/already/) }]);
    await expect(world.add([first, second])).rejects.toMatchObject({ code: "invalid_input" });
    expect(await world.cases(3)).toHaveLength(3);
  });

  test("are added once by two who add them at the same time", async () => {
    await using world = await opened(open);
    const id = await world.say("one");
    const both = await Promise.allSettled([world.add([id]), world.add([id])]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await world.cases(2)).toHaveLength(2);
  });

  test("cannot be made of texts that have expired or were not kept", async () => {
    await using world = await opened(open);
    const old = await world.say("one");
    world.passMs(3 * DAY_MS);
    const other = await world.ask(world.airline, { model: "prompt:other@1" });
    const shown = await world.add([old, other], { preview: true });
    expect(shown.cases).toEqual([]);
    expect(shown.skipped.map(({ traceId }) => traceId)).toEqual([old, other]);
  });

  test("begin a dataset that has no version yet", async () => {
    await using world = await opened(open);
    await createDataset(world.airline, { slug: "fresh", description: "" });
    const id = await world.say("one");
    const made = await world.add([id], { dataset: "fresh" } as Partial<CasesFromTracesDraft>);
    expect(made.imported).toMatchObject({ version: { dataset: "fresh", version: 1, caseCount: 1 } });
  });

  test("are made of the tenant's own traces, by keys that may read what was said", async () => {
    await using world = await opened(open);
    const foreign = await world.say("theirs", world.bank);
    const own = await world.say("ours");
    const unknown = `trc_${"f".repeat(32)}`;
    for (const preview of [true, false]) {
      for (const id of [foreign, unknown]) {
        const refused = { code: "not_found", message: "There is no such trace." };
        await expect(world.add([own, id], { preview })).rejects.toMatchObject(refused);
      }
      const editor = callerWith(world.airline, { scopes: ["edit"] });
      await expect(world.add([own], { preview }, editor)).rejects.toMatchObject({ code: "scope_missing" });
      const confined = callerWith(world.airline, { prompts: ["other"] });
      await expect(world.add([own], { preview }, confined)).rejects.toMatchObject({ code: "scope_missing" });
    }
    expect(await world.cases(1)).toEqual([OLD]);
  });
});

import { DAY_MS, type GenerateEvent, LIMITS } from "@assay/core";
import { insertTraceContent } from "@assay/store";
import { listTenantRows } from "@assay/store/testing";
import { expect, test } from "vitest";
import { listAudit } from "../access/list-audit.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { callerWith, contentOf, describeEachPlatform } from "../testing/index.ts";
import { createFeedback } from "./create-feedback.ts";
import { issueFeedbackToken } from "./feedback-token.ts";
import { getTrace } from "./get-trace.ts";
import { isSampled } from "./keep-content.ts";
import { listTraces } from "./list-traces.ts";
import { sweepTraces } from "./sweep-traces.ts";
import { openTracedWorld, type TracedWorld } from "./testing/traced-world.ts";
import { getTraceSettings, setTraceSettings } from "./trace-settings.ts";

const keepAll = { prompt: "triage", sampleRate: 1, retentionDays: 2 };
const page = { limit: 50 };

test("a sample holds a share of the traces, and a greater sample all of a smaller one", () => {
  const ids = Array.from({ length: 4_000 }, (_, n) => `trc_${n.toString(16).padStart(32, "0")}`);
  const sample = (rate: number) => ids.filter((id) => isSampled(id, rate));
  expect(sample(0)).toEqual([]);
  expect(sample(1)).toEqual(ids);
  // 6 standard errors of a share of 4,000.
  expect(Math.abs(sample(0.3).length / 4_000 - 0.3)).toBeLessThan(6 * Math.sqrt((0.3 * 0.7) / 4_000));
  const greater = new Set(sample(0.6));
  expect(sample(0.3).every((id) => greater.has(id))).toBe(true);
});

describeEachPlatform("the texts of requests", (open) => {
  const storedContents = async ({ test: { platform }, airline }: TracedWorld) =>
    (await listTenantRows(platform.store, airline.tenant.tenantId)).traceContents ?? [];

  test("are not kept unless somebody said so, and never of a model by itself", async () => {
    await using world = await openTracedWorld(open);
    const { airline } = world;
    expect(await getTraceSettings(airline, { prompt: "triage" })).toMatchObject({
      sampleRate: 0,
      updatedAt: null,
    });
    await world.ask(airline);
    await setTraceSettings(airline, keepAll);
    await world.ask(airline, { model: "base" });
    await world.ask(airline, { model: "prompt:other@1" });
    await world.ask(world.bank);
    expect(await storedContents(world)).toEqual([]);
    const { items } = await listTraces(airline, page);
    expect(items.map(({ prompt, hasContent }) => [prompt, hasContent])).toEqual([
      ["other", false],
      [null, false],
      ["triage", false],
    ]);
  });

  test("are what the caller wrote and what was answered, once an admin asks for them", async () => {
    await using world = await openTracedWorld(open);
    const { airline } = world;
    expect(await setTraceSettings(airline, keepAll)).toMatchObject({ sampleRate: 1, retentionDays: 2 });
    expect(await getTraceSettings(airline, { prompt: "triage" })).toMatchObject({ sampleRate: 1 });
    const [entry] = (await listAudit(airline, page)).items;
    expect(entry).toMatchObject({ action: "trace_settings.set", object: "triage" });
    const call = { id: "c1", type: "function" as const, function: { name: "look", arguments: "{}" } };
    const events: GenerateEvent[] = [
      { type: "text", text: "Hel" },
      { type: "text", text: "lo" },
      { type: "tool_call", index: 0, call },
      { type: "finish", reason: "stop", usage: undefined, queueWaitMs: 0 },
    ];
    world.test.platform.engine.answerWith(() => events);
    const schema = { type: "object", properties: { name: { type: "string" } } };
    const content = { ...contentOf("base", "You speak with {{ name }}."), variables: schema };
    await addPromptVersion(airline, { prompt: "triage", content, dryRun: false });
    const variables = { name: "Ada" };
    const id = await world.ask(airline, { variables, model: "prompt:triage@latest" });
    expect(await getTrace(airline, { traceId: id })).toMatchObject({
      id,
      prompt: "triage",
      promptVersion: 2,
      label: "latest",
      hasContent: true,
      content: { variables, messages: [{ role: "user", content: "hi" }], output: "Hello", toolCalls: [call] },
    });
  });

  test("are gone for every reader once they expire, and off the disk after the next sweep", async () => {
    await using world = await openTracedWorld(open);
    const { airline } = world;
    await setTraceSettings(airline, keepAll);
    const old = await world.ask(airline);
    world.passMs(DAY_MS);
    const young = await world.ask(airline);
    world.passMs(1.5 * DAY_MS);
    expect(await getTrace(airline, { traceId: old })).toMatchObject({ hasContent: false, content: null });
    const kept = await listTraces(airline, { ...page, hasContent: "true" });
    expect(kept.items.map(({ id }) => id)).toEqual([young]);
    expect(await storedContents(world)).toHaveLength(2);
    expect(await sweepTraces(world.test.platform, new AbortController().signal)).toBe(1);
    expect(await storedContents(world)).toHaveLength(1);
    expect(await getTrace(airline, { traceId: young })).toMatchObject({ hasContent: true });
    expect((await listTraces(airline, page)).items).toHaveLength(2);
  });

  test("that are longer than may be kept, or that a text column cannot hold, are not kept and harm nothing", async () => {
    await using world = await openTracedWorld(open);
    const { airline } = world;
    await setTraceSettings(airline, keepAll);
    const long = "x".repeat(LIMITS.traceContentBytesMax);
    await world.ask(airline, { messages: [{ role: "user", content: long }] });
    for (const answer of [`${long}x`, "a\0b"]) {
      world.test.platform.engine.answerWith(() => answer);
      await world.ask(airline);
    }
    world.test.platform.engine.answerWith(() => "ok");
    const kept = await world.ask(airline);
    const { items } = await listTraces(airline, page);
    expect(items.map(({ hasContent }) => hasContent)).toEqual([true, false, false, false]);
    expect(items[0]?.id).toBe(kept);
  });

  test("are kept as long as the tenant has room, which is counted again after a while, and per tenant", async () => {
    await using world = await openTracedWorld(open);
    const { airline, bank } = world;
    const isKept = async (context: typeof airline) =>
      (await getTrace(context, { traceId: await world.ask(context) })).hasContent;
    await setTraceSettings(airline, keepAll);
    await setTraceSettings(bank, keepAll);
    const expiresAt = new Date(world.test.platform.now().getTime() + DAY_MS);
    for (let n = 0; n < 4; n += 1) {
      const traceId = await world.ask(airline, { model: "prompt:other@1" });
      const texts = { variables: null, messages: [], output: "", toolCalls: null };
      await airline.tenant.record((tx) =>
        insertTraceContent(tx, {
          traceId,
          ...texts,
          bytes: LIMITS.traceContentBytesPerTenantMax / 4,
          expiresAt,
        }),
      );
    }
    expect(await isKept(airline)).toBe(false);
    expect(await isKept(bank)).toBe(true);
    world.passMs(1.5 * DAY_MS);
    await sweepTraces(world.test.platform, new AbortController().signal);
    expect(await isKept(airline)).toBe(true);
  });

  test("are shown to nobody but the tenant, and to a confined key of its prompts alone", async () => {
    await using world = await openTracedWorld(open);
    const { airline, bank } = world;
    await setTraceSettings(airline, keepAll);
    const id = await world.ask(airline);
    const direct = await world.ask(airline, { model: "base" });
    const foreign = { code: "not_found", message: "There is no such trace." };
    await expect(getTrace(bank, { traceId: id })).rejects.toMatchObject(foreign);
    await expect(getTrace(bank, { traceId: `trc_${"f".repeat(32)}` })).rejects.toMatchObject(foreign);
    expect((await listTraces(bank, page)).items).toEqual([]);
    const confined = callerWith(airline, { prompts: ["other"] });
    await expect(getTrace(confined, { traceId: id })).rejects.toMatchObject({ code: "scope_missing" });
    await expect(getTrace(confined, { traceId: direct })).rejects.toMatchObject({ code: "scope_missing" });
    expect((await listTraces(confined, page)).items).toEqual([]);
    await expect(listTraces(confined, { ...page, prompt: "triage" })).rejects.toMatchObject({
      code: "scope_missing",
    });
    await expect(setTraceSettings(confined, keepAll)).rejects.toMatchObject({ code: "scope_missing" });
    await expect(getTraceSettings(confined, { prompt: "triage" })).rejects.toMatchObject({
      code: "scope_missing",
    });
    const own = callerWith(airline, { prompts: ["triage"] });
    expect((await listTraces(own, page)).items.map((trace) => trace.id)).toEqual([id]);
    expect((await getTrace(own, { traceId: id })).content?.output).toBe("hi");
  });
});

describeEachPlatform("the list of traces", (open) => {
  test("is filtered by prompt, version, label, status, time, feedback and its score", async () => {
    await using world = await openTracedWorld(open);
    const { airline, test: at } = world;
    const failed: GenerateEvent = {
      type: "failed",
      failure: { code: "unavailable", message: "no", retryable: true },
      usage: undefined,
    };
    const first = await world.ask(airline);
    const second = await world.ask(airline, { model: "prompt:triage@latest" });
    const third = await world.ask(airline, { model: "prompt:other@1" });
    at.platform.engine.answerWith(() => [failed]);
    const fourth = await world.ask(airline);
    const token = (traceId: string) =>
      issueFeedbackToken(at.platform, { tenantId: airline.tenant.tenantId, traceId });
    await createFeedback(at.platform, { token: token(first), score: 0.9 });
    await createFeedback(at.platform, { token: token(second), thumb: "down" });
    await createFeedback(at.platform, { token: token(third), comment: "hm" });
    const ids = async (filter: object) =>
      (await listTraces(airline, { ...page, ...filter })).items.map(({ id }) => id);
    expect(await ids({})).toEqual([fourth, third, second, first]);
    expect(await ids({ prompt: "triage" })).toEqual([fourth, second, first]);
    expect(await ids({ prompt: "other", version: 1 })).toEqual([third]);
    expect(await ids({ label: "latest" })).toEqual([second]);
    expect(await ids({ status: "failed" })).toEqual([fourth]);
    expect(await ids({ hasFeedback: "true" })).toEqual([third, second, first]);
    expect(await ids({ hasFeedback: "false" })).toEqual([fourth]);
    expect(await ids({ minScore: 0.5 })).toEqual([first]);
    expect(await ids({ maxScore: 0.5 })).toEqual([second]);
    expect(await ids({ since: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
    expect(await ids({ since: new Date(Date.now() - 60_000).toISOString() })).toHaveLength(4);
    expect(await ids({ until: new Date(Date.now() - 60_000).toISOString() })).toEqual([]);
    const [, , , one] = (await listTraces(airline, page)).items;
    expect(one?.feedback).toEqual({ count: 1, meanScore: 0.9 });
    await expect(ids({ version: 1 })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(ids({ prompt: "triage", version: 9 })).rejects.toMatchObject({ code: "not_found" });
  });

  test("goes through all of them page by page", async () => {
    await using world = await openTracedWorld(open);
    const asked: string[] = [];
    for (let n = 0; n < 5; n += 1) asked.unshift(await world.ask(world.airline));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const listed = await listTraces(world.airline, { limit: 2, ...(cursor && { cursor }) });
      seen.push(...listed.items.map(({ id }) => id));
      cursor = listed.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(asked);
  });
});

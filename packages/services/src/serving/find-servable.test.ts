import { AppError, type ErrorCode } from "@assay/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller, Context } from "../context.ts";
import { moveLabel } from "../promotion/move-label.ts";
import { createAdapter } from "../registry/create-adapter.ts";
import { uploadAdapterVersion } from "../registry/upload-adapter-version.ts";
import {
  addSharedToyModel,
  callerWith,
  createToyPrompt,
  openTestPlatform,
  streamOf,
  type TestPlatform,
  toyAdapter,
  uploadToyModel,
} from "../testing/index.ts";
import { createChatGeneration, createTextGeneration } from "./create-generation.ts";
import { listServableModels } from "./list-servable-models.ts";

// Which key may name what is decided before any statement that differs between the dialects: one of them is enough.
let platform: TestPlatform;
let airline: Context;
let adapterSha256: string;

const NOBODY_STOPS = new AbortController().signal;
const KEYS = {
  free: {},
  "confined to prompts": { prompts: ["triage"] },
  "confined to labels": { labels: ["production"] },
  "confined to both": { prompts: ["triage"], labels: ["production"] },
} as const satisfies Record<string, Partial<Caller>>;

beforeAll(async () => {
  platform = await openTestPlatform();
  airline = await platform.tenant("airline");
  await addSharedToyModel(platform.operator, "base");
  await uploadToyModel(airline, "own");
  await createAdapter(airline, { slug: "lora", baseModel: "base" });
  const file = streamOf(toyAdapter({ width: 8, rank: 4, alpha: 16 }));
  adapterSha256 = (await uploadAdapterVersion(airline, { adapter: "lora", file })).sha256;
  await createToyPrompt(airline, "triage", { model: "base", texts: ["One.", "Two."] });
  await createToyPrompt(airline, "other", { model: "base", texts: ["One."] });
  await createToyPrompt(airline, "unlabelled", { model: "base", texts: ["One."] });
  const label = (prompt: string, name: string, version: number) =>
    moveLabel(airline, { prompt, label: name, version, dryRun: false });
  await label("triage", "production", 1);
  await label("triage", "staging", 2);
  await label("other", "production", 1);
});
afterAll(() => platform[Symbol.asyncDispose]());

/** What an address leads to: a prompt's version, an adapter's file, a model, or the code of the refusal. */
async function reached(context: Context, model: string): Promise<string | number> {
  try {
    const { servable } = await createChatGeneration(context, { model, messages: [] }, NOBODY_STOPS);
    return servable.prompt?.version ?? servable.adapterSha256 ?? servable.model.slug;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe("what a key may name as its model", () => {
  const GONE = "not_found" satisfies ErrorCode;
  const NO = "scope_missing" satisfies ErrorCode;
  const ADDRESSES: [model: string, expected: Record<keyof typeof KEYS, string | number>][] = [
    ["prompt:triage", row(1, 1, 1, 1)],
    ["prompt:triage@production", row(1, 1, 1, 1)],
    ["prompt:triage@staging", row(2, 2, NO, NO)],
    ["prompt:triage@latest", row(2, 2, NO, NO)],
    ["prompt:triage@1", row(1, 1, NO, NO)],
    ["prompt:triage@2", row(2, 2, NO, NO)],
    ["prompt:triage@9", row(GONE, GONE, NO, NO)],
    // A label that is missing never falls back: not to production, not to the newest version.
    ["prompt:triage@canary", row(GONE, GONE, NO, NO)],
    ["prompt:unlabelled", row(GONE, NO, GONE, NO)],
    ["prompt:other", row(1, NO, 1, NO)],
    ["prompt:other@production", row(1, NO, 1, NO)],
    ["prompt:other@1", row(1, NO, NO, NO)],
    ["prompt:nothing", row(GONE, NO, GONE, NO)],
    ["adapter:lora@1", row("the adapter", NO, NO, NO)],
    ["adapter:lora@2", row(GONE, NO, NO, NO)],
    ["adapter:nothing@1", row(GONE, NO, NO, NO)],
    ["adapter:lora", row(GONE, GONE, GONE, GONE)],
    ["base", row("base", NO, NO, NO)],
    ["own", row("own", NO, NO, NO)],
    ["nothing", row(GONE, NO, NO, NO)],
    // A prompt's name alone is a model's name, and there is no such model.
    ["triage", row(GONE, NO, NO, NO)],
    ["prompt:", row(GONE, GONE, GONE, GONE)],
  ];

  function row(
    ...[free, prompts, labels, both]: [...(string | number)[]]
  ): Record<keyof typeof KEYS, string | number> {
    return {
      free,
      "confined to prompts": prompts,
      "confined to labels": labels,
      "confined to both": both,
    } as Record<keyof typeof KEYS, string | number>;
  }

  test.each(ADDRESSES)("%s", async (model, expected) => {
    for (const [name, caller] of Object.entries(KEYS)) {
      const wanted = expected[name as keyof typeof KEYS];
      const found = await reached(callerWith(airline, caller), model);
      expect(found, `a key ${name}`).toBe(wanted === "the adapter" ? adapterSha256 : wanted);
    }
  });

  test("another tenant's prompts, adapters and models are not there", async () => {
    const bank = await platform.tenant("bank");
    for (const model of ["prompt:triage", "prompt:triage@1", "adapter:lora@1", "own"]) {
      expect(await reached(bank, model), model).toBe("not_found");
    }
    expect(await reached(bank, "base")).toBe("base");
  });
});

describe("raw text", () => {
  const continued = (context: Context, model: string) =>
    createTextGeneration(context, { model, prompt: "Once" }, NOBODY_STOPS);

  test("is continued by models and adapters, never by a prompt", async () => {
    expect((await continued(airline, "base")).servable.model.slug).toBe("base");
    expect((await continued(airline, "adapter:lora@1")).servable).toMatchObject({ adapterSha256 });
    for (const model of ["prompt:triage", "prompt:triage@1"]) {
      await expect(continued(airline, model)).rejects.toMatchObject({
        code: "unsupported_parameter",
        details: { param: "model" },
      });
    }
  });

  test("is not continued for a confined key", async () => {
    for (const confined of [KEYS["confined to prompts"], KEYS["confined to labels"]]) {
      for (const model of ["base", "adapter:lora@1"]) {
        await expect(continued(callerWith(airline, confined), model)).rejects.toMatchObject({
          code: "scope_missing",
        });
      }
    }
  });
});

describe("the list of what can be served", () => {
  const idsFor = async (caller: Partial<Caller>) =>
    (await listServableModels(callerWith(airline, caller))).data.map(({ id }) => id).sort();

  test("names everything to a free key, and to a confined one what it may use", async () => {
    expect(await idsFor({})).toEqual([
      "adapter:lora@1",
      "base",
      "own",
      "prompt:other@production",
      "prompt:triage@production",
      "prompt:triage@staging",
    ]);
    expect(await idsFor({ prompts: ["triage"] })).toEqual([
      "prompt:triage@production",
      "prompt:triage@staging",
    ]);
    expect(await idsFor({ labels: ["production"] })).toEqual([
      "prompt:other@production",
      "prompt:triage@production",
    ]);
    expect(await idsFor({ prompts: ["triage"], labels: ["staging"] })).toEqual(["prompt:triage@staging"]);
    expect(await idsFor({ prompts: ["nothing"] })).toEqual([]);
  });

  test("says whose each entry is, and each can be put into `model`", async () => {
    const { object, data } = await listServableModels(airline);
    expect(object).toBe("list");
    expect(Object.fromEntries(data.map(({ id, owned_by }) => [id, owned_by]))).toMatchObject({
      base: "assay",
      own: "airline",
      "adapter:lora@1": "airline",
      "prompt:triage@production": "airline",
    });
    for (const { id, created } of data) {
      expect(["not_found", "scope_missing"], id).not.toContain(await reached(airline, id));
      expect(Math.abs(created - Date.now() / 1000), "Unix seconds").toBeLessThan(3600);
    }
  });
});

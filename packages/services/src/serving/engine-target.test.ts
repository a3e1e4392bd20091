import type { LocalTarget } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { createAdapter } from "../registry/create-adapter.ts";
import { createConnection } from "../registry/create-connection.ts";
import { createHostedModel } from "../registry/create-hosted-model.ts";
import { uploadAdapterVersion } from "../registry/upload-adapter-version.ts";
import {
  ALLOWED_HOST,
  addSharedToyModel,
  openTestPlatform,
  streamOf,
  type TestPlatform,
  toyAdapter,
  uploadToyModel,
} from "../testing/index.ts";
import { createChatGeneration } from "./create-generation.ts";

let platform: TestPlatform;
let airline: Context;
let bank: Context;

beforeAll(async () => {
  platform = await openTestPlatform();
  ({ airline, bank } = await platform.twoTenants());
  await addSharedToyModel(platform.operator, "base");
});
afterAll(() => platform[Symbol.asyncDispose]());

async function targetOf(context: Context, model: string) {
  const body = { model, messages: [] };
  return (await createChatGeneration(context, body, new AbortController().signal)).servable.target;
}

async function connect(
  context: Context,
  slug: string,
  more: { kind?: "openai-compatible"; secret?: string },
) {
  await createConnection(context, { slug, kind: "openai", baseUrl: `https://${ALLOWED_HOST}/v1`, ...more });
  await createHostedModel(context, { slug: `${slug}-model`, connection: slug, providerModel: "gpt" });
}

test("a shared model's file is one for all, a tenant's lies in the tenant's own root", async () => {
  await uploadToyModel(airline, "own");
  await uploadToyModel(bank, "own");
  const path = async (context: Context, model: string) =>
    ((await targetOf(context, model)) as LocalTarget).modelPath;
  expect(await path(airline, "base")).toBe(await path(bank, "base"));
  expect(await path(airline, "own")).toContain(airline.tenant.tenantId);
  expect(await path(bank, "own")).toContain(bank.tenant.tenantId);
});

test("an adapter's file lies in the tenant's own root, also when its base is shared", async () => {
  const file = streamOf(toyAdapter({ width: 8, rank: 4, alpha: 16 }));
  await createAdapter(airline, { slug: "lora", baseModel: "base" });
  const { sha256 } = await uploadAdapterVersion(airline, { adapter: "lora", file });
  const target = (await targetOf(airline, "adapter:lora@1")) as LocalTarget;
  expect(target.adapter?.sha256).toBe(sha256);
  expect(target.adapter?.path).toContain(airline.tenant.tenantId);
  expect(target.modelPath).not.toContain(airline.tenant.tenantId);
});

test("a hosted model is reached with its connection's own secret, under a name that no other tenant's has", async () => {
  await connect(airline, "upstream", { secret: "sk-airline" });
  await connect(bank, "upstream", { secret: "sk-bank" });
  const ofAirline = await targetOf(airline, "upstream-model");
  const ofBank = await targetOf(bank, "upstream-model");
  expect(ofAirline).toMatchObject({ kind: "hosted", secret: "sk-airline", providerModel: "gpt" });
  expect(ofBank).toMatchObject({ kind: "hosted", secret: "sk-bank" });
  expect(ofAirline).toMatchObject({ connectionId: expect.stringContaining(airline.tenant.tenantId) });
  expect(ofBank).toMatchObject({ connectionId: expect.stringContaining(bank.tenant.tenantId) });
});

test("a connection without its secret is unusable, save where the provider may need none", async () => {
  await connect(airline, "bare", {});
  await expect(targetOf(airline, "bare-model")).rejects.toMatchObject({ code: "connection_unusable" });
  await connect(airline, "local", { kind: "openai-compatible" });
  expect(await targetOf(airline, "local-model")).toMatchObject({ kind: "hosted", secret: undefined });
});

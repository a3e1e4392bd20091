import { LIMITS, type PromptContent } from "@assay/core";
import { countPrompts, listAuditRows, newId } from "@assay/store";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import {
  ALLOWED_HOST,
  addSharedToyModel,
  callerWith,
  contentOf,
  createToyPrompt,
  describeEachPlatform,
  streamOf,
  type TestPlatform,
  toyAdapter,
  uploadToyModel,
} from "../testing/index.ts";
import { addPromptVersion } from "./add-prompt-version.ts";
import { createAdapter } from "./create-adapter.ts";
import { createConnection } from "./create-connection.ts";
import { createHostedModel } from "./create-hosted-model.ts";
import { createPrompt } from "./create-prompt.ts";
import { getPrompt } from "./get-prompt.ts";
import { getPromptVersion } from "./get-prompt-version.ts";
import { listPromptVersions } from "./list-prompt-versions.ts";
import { listPrompts } from "./list-prompts.ts";
import { updateConnection } from "./update-connection.ts";
import { uploadAdapterVersion } from "./upload-adapter-version.ts";

function add(context: Context, content: PromptContent, prompt = "greet") {
  return addPromptVersion(context, { prompt, content, dryRun: false });
}

async function withPrompt(platform: TestPlatform) {
  const { airline, bank } = await platform.twoTenants();
  const base = await addSharedToyModel(platform.operator, "base");
  await createPrompt(airline, { slug: "greet", description: "Says hello." });
  return { airline, bank, base };
}

describeEachPlatform("prompts", (open) => {
  test("a version pins the model's bytes and can be read back as it was written", async () => {
    await using platform = await open();
    const { airline, base } = await withPrompt(platform);
    const content: PromptContent = {
      messages: [
        { role: "system", content: "Hello {{ name }}." },
        { placeholder: "history", max: 4 },
      ],
      variables: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
      model: "base",
      sampling: { temperature: 0, seed: 7 },
      responseFormat: { type: "json_object" },
    };
    const { created, version, contentHash } = await addPromptVersion(airline, {
      prompt: "greet",
      content,
      note: "The first one.",
      dryRun: false,
    });
    expect(created).toBe(true);
    expect(version).toMatchObject({
      prompt: "greet",
      version: 1,
      contentHash,
      content,
      pinned: { modelId: base.id, modelHash: base.sha256, adapterVersionId: null, adapterSha256: null },
      note: "The first one.",
    });
    expect(await getPromptVersion(airline, { prompt: "greet", version: 1 })).toEqual(version);
    expect(await getPrompt(airline, { prompt: "greet" })).toMatchObject({
      slug: "greet",
      description: "Says hello.",
      latestVersion: 1,
    });
    const [entry] = await airline.tenant.read((tx) => listAuditRows(tx, { limit: 1 }));
    expect(entry).toMatchObject({
      action: "prompt_version.add",
      object: "greet@1",
      details: { contentHash },
    });
  });

  test("content that any earlier version has makes no new one, whatever the order of its keys", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    const first = await add(airline, contentOf("base", "One."));
    await add(airline, contentOf("base", "Two."));
    const { model, messages, sampling } = contentOf("base", "One.");
    const again = await add(airline, { sampling, model, messages });
    expect(again).toEqual({ ...first, created: false });
    const { items } = await listPromptVersions(airline, { prompt: "greet", limit: 10 });
    expect(items.map(({ version }) => version)).toEqual([2, 1]);
  });

  test("the same words over another model file are another version", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    await uploadToyModel(airline, "own", 1);
    const first = await add(airline, contentOf("own", "One."));
    await addSharedToyModel(platform.operator, "own", 2);
    expect((await add(airline, contentOf("own", "One."))).created).toBe(false);
    await createConnection(airline, { slug: "c", kind: "openai", baseUrl: `https://${ALLOWED_HOST}/v1` });
    await createHostedModel(airline, { slug: "gpt", connection: "c", providerModel: "gpt-5" });
    const hosted = await add(airline, contentOf("gpt", "One."));
    await updateConnection(airline, { connection: "c", baseUrl: `https://${ALLOWED_HOST}/v2` });
    const moved = await add(airline, contentOf("gpt", "One."));
    expect([first, hosted, moved].map(({ version }) => version?.version)).toEqual([1, 2, 3]);
    expect(new Set([first, hosted, moved].map(({ version }) => version?.pinned.modelHash)).size).toBe(3);
  });

  test("a dry run says what would happen and changes nothing", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    const input = { prompt: "greet", content: contentOf("base", "One."), dryRun: true };
    const foreseen = await addPromptVersion(airline, input);
    expect(foreseen).toMatchObject({ created: true, version: null });
    expect((await getPrompt(airline, { prompt: "greet" })).latestVersion).toBeNull();
    const added = await add(airline, input.content);
    expect(added.contentHash).toBe(foreseen.contentHash);
    expect(await addPromptVersion(airline, input)).toEqual({ ...added, created: false });
    await expect(
      addPromptVersion(airline, { ...input, content: contentOf("nothing", "One.") }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("the same content added at once becomes one version, different contents consecutive ones", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    const same = await Promise.all(Array.from({ length: 6 }, () => add(airline, contentOf("base", "Same."))));
    expect(same.map(({ created }) => created).filter(Boolean)).toHaveLength(1);
    expect(new Set(same.map(({ version }) => version?.id)).size).toBe(1);
    const texts = ["a", "b", "c", "d", "e", "f"];
    const different = await Promise.all(texts.map((text) => add(airline, contentOf("base", text))));
    expect(different.map(({ version }) => version?.version).sort()).toEqual([2, 3, 4, 5, 6, 7]);
  });

  test("an adapter must be made for the very model that the version names", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    await addSharedToyModel(platform.operator, "other", 9);
    await createAdapter(airline, { slug: "tone", baseModel: "base" });
    const file = streamOf(toyAdapter({ width: 8, rank: 2, alpha: 4 }));
    const adapter = await uploadAdapterVersion(airline, { adapter: "tone", file });
    const { version } = await add(airline, { ...contentOf("base", "One."), adapter: "tone@1" });
    expect(version?.pinned).toMatchObject({ adapterVersionId: adapter.id, adapterSha256: adapter.sha256 });
    await expect(add(airline, { ...contentOf("other", "One."), adapter: "tone@1" })).rejects.toMatchObject({
      code: "invalid_input",
      details: { param: "content.adapter" },
    });
  });

  test("content that could not be rendered is refused before anything is written", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    for (const text of ["{% if %}", "Hello {{ nobody }}."]) {
      await expect(add(airline, contentOf("base", text))).rejects.toMatchObject({ code: "template_invalid" });
    }
    expect((await getPrompt(airline, { prompt: "greet" })).latestVersion).toBeNull();
  });

  test("another tenant's prompt, version and model are as unknown as ones that do not exist", async () => {
    await using platform = await open();
    const { airline, bank } = await withPrompt(platform);
    await uploadToyModel(airline, "own");
    await add(airline, contentOf("own", "One."));
    await createPrompt(bank, { slug: "mine", description: "" });
    for (const prompt of ["greet", "nothing"]) {
      await expect(getPrompt(bank, { prompt })).rejects.toThrow("There is no such prompt.");
      await expect(getPromptVersion(bank, { prompt, version: 1 })).rejects.toThrow(
        "There is no such prompt.",
      );
      await expect(listPromptVersions(bank, { prompt, limit: 1 })).rejects.toThrow(
        "There is no such prompt.",
      );
      await expect(add(bank, contentOf("base", "One."), prompt)).rejects.toThrow("There is no such prompt.");
    }
    await expect(add(bank, contentOf("own", "One."), "mine")).rejects.toThrow(
      'There is no such model "own".',
    );
    await expect(getPromptVersion(bank, { prompt: "mine", version: 1 })).rejects.toThrow(
      "There is no such version.",
    );
    expect((await listPrompts(bank, { limit: 10 })).items.map(({ slug }) => slug)).toEqual(["mine"]);
  });

  test("a key that is confined to some prompts sees and touches no other", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    await createToyPrompt(airline, "other", { model: "base", texts: ["One."] });
    const confined = callerWith(airline, { prompts: ["greet"] });
    expect((await listPrompts(confined, { limit: 10 })).items.map(({ slug }) => slug)).toEqual(["greet"]);
    await add(confined, contentOf("base", "One."));
    for (const work of [
      () => getPrompt(confined, { prompt: "other" }),
      () => getPromptVersion(confined, { prompt: "other", version: 1 }),
      () => listPromptVersions(confined, { prompt: "other", limit: 1 }),
      () => add(confined, contentOf("base", "Two."), "other"),
      () => addPromptVersion(confined, { prompt: "other", content: contentOf("base", "Two."), dryRun: true }),
      () => createPrompt(confined, { slug: "third", description: "" }),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: "scope_missing" });
    }
    const nothing = callerWith(airline, { prompts: [] });
    expect((await listPrompts(nothing, { limit: 10 })).items).toEqual([]);
  });

  test("lists page in order without a gap", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    await createToyPrompt(airline, "a-first", { model: "base", texts: ["1", "2", "3", "4", "5"] });
    const first = await listPrompts(airline, { limit: 1 });
    expect(first.items).toMatchObject([{ slug: "a-first", latestVersion: 5 }]);
    const second = await listPrompts(airline, { limit: 1, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ slug: "greet", latestVersion: null }], nextCursor: null });
    const seen: number[] = [];
    let cursor: string | null | undefined;
    do {
      const query = { prompt: "a-first", limit: 2, ...(cursor ? { cursor } : {}) };
      const page = await listPromptVersions(airline, query);
      seen.push(...page.items.map(({ version }) => version));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });

  test("a name that is taken is a conflict, and one name raced for goes to one", async () => {
    await using platform = await open();
    const { airline, bank } = await withPrompt(platform);
    const draft = { slug: "greet", description: "" };
    await expect(createPrompt(airline, draft)).rejects.toMatchObject({ code: "conflict" });
    const settled = await Promise.allSettled(Array.from({ length: 4 }, () => createPrompt(bank, draft)));
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await bank.tenant.read(countPrompts)).toBe(1);
  });

  test("a tenant has no more prompts, and a prompt no more versions, than it may", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    const { version } = await add(airline, contentOf("base", "One."));
    const prompts = Array.from({ length: LIMITS.promptsPerTenantMax }, (_, index) => ({
      id: newId("prompt"),
      slug: `p${index}`,
      description: "",
      createdAt: new Date(),
    }));
    await airline.tenant.record(async (tx) => {
      await tx.insertMany(tx.tables.prompts, prompts);
      const [row] = await tx.select(tx.tables.promptVersions);
      if (row === undefined || version === null) throw new Error("the version is there");
      const { tenantId: _, ...copy } = row;
      await tx.insert(tx.tables.promptVersions, {
        ...copy,
        id: newId("promptVersion"),
        version: LIMITS.versionsPerPromptMax,
        contentSha256: "0".repeat(64),
      });
    });
    await expect(createPrompt(airline, { slug: "more", description: "" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(add(airline, contentOf("base", "Two."))).rejects.toMatchObject({ code: "conflict" });
  });
});

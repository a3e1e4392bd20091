import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import {
  ALLOWED_HOST,
  addSharedToyModel,
  contentOf,
  describeEachPlatform,
  streamOf,
  toyAdapter,
  uploadToyModel,
} from "../testing/index.ts";
import { addPromptVersion } from "./add-prompt-version.ts";
import { createAdapter } from "./create-adapter.ts";
import { createConnection } from "./create-connection.ts";
import { createHostedModel } from "./create-hosted-model.ts";
import { createPrompt } from "./create-prompt.ts";
import { listAdapterVersions } from "./list-adapter-versions.ts";
import { listAdapters } from "./list-adapters.ts";
import { removeModel } from "./remove-model.ts";
import { resolveAdapterVersion } from "./resolve-adapter-version.ts";
import { uploadAdapterVersion } from "./upload-adapter-version.ts";
import { uploadModel } from "./upload-model.ts";

const FITTING = { width: 8, rank: 4, alpha: 16 };

function upload(context: Context, adapter: string, seed = 0) {
  return uploadAdapterVersion(context, { adapter, file: streamOf(toyAdapter({ ...FITTING, seed })) });
}

describeEachPlatform("adapters", (open) => {
  test("versions are numbered and carry what was found in the file and its base", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const base = await addSharedToyModel(platform.operator, "base");
    expect(await createAdapter(airline, { slug: "support", baseModel: "base" })).toMatchObject({
      slug: "support",
      baseModel: "base",
      latestVersion: null,
    });
    const first = await upload(airline, "support");
    expect(first).toMatchObject({
      adapter: "support",
      version: 1,
      rank: 4,
      alpha: 16,
      baseSha256: base.sha256,
      note: null,
    });
    expect((await upload(airline, "support", 1)).version).toBe(2);
    const { items } = await listAdapterVersions(airline, { adapter: "support", limit: 10 });
    expect(items.map(({ version }) => version)).toEqual([2, 1]);
    expect(items[1]).toEqual(first);
    const { items: adapters } = await listAdapters(airline, { limit: 10 });
    expect(adapters).toMatchObject([{ slug: "support", baseModel: "base", latestVersion: 2 }]);
  });

  test("the very file of the newest version makes no new one; that of an older one does", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await uploadToyModel(airline, "own");
    await createAdapter(airline, { slug: "support", baseModel: "own" });
    const first = await upload(airline, "support", 1);
    expect(await upload(airline, "support", 1)).toEqual(first);
    await upload(airline, "support", 2);
    expect(await upload(airline, "support", 1)).toMatchObject({ version: 3, sha256: first.sha256 });
  });

  test("a file that does not fit its base is refused and leaves nothing, whatever comes with it", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await uploadToyModel(airline, "own");
    await createAdapter(airline, { slug: "support", baseModel: "own" });
    const used = await platform.platform.files.bytesOf({ kind: "tenant", tenantId: airline.tenant.tenantId });
    const wide = toyAdapter({ ...FITTING, width: 9 });
    const sha256 = Buffer.from(await crypto.subtle.digest("SHA-256", Uint8Array.from(wide))).toString("hex");
    for (const query of [{}, { sha256 }, { note: "trust me" }, { sha256, note: "trust me" }]) {
      const input = { adapter: "support", ...query, file: streamOf(wide) };
      await expect(uploadAdapterVersion(airline, input)).rejects.toMatchObject({
        code: "model_file_invalid",
      });
    }
    const announced = { adapter: "support", sha256: "0".repeat(64), file: streamOf(toyAdapter(FITTING)) };
    await expect(uploadAdapterVersion(airline, announced)).rejects.toMatchObject({ code: "invalid_input" });
    expect((await listAdapterVersions(airline, { adapter: "support", limit: 10 })).items).toEqual([]);
    expect(await platform.platform.files.bytesOf({ kind: "tenant", tenantId: airline.tenant.tenantId })).toBe(
      used,
    );
  });

  test("versions uploaded at once get consecutive numbers, and the same file only one", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await uploadToyModel(airline, "own");
    await createAdapter(airline, { slug: "support", baseModel: "own" });
    const same = await Promise.all([7, 7, 7].map((seed) => upload(airline, "support", seed)));
    expect(same.map(({ version }) => version)).toEqual([1, 1, 1]);
    const different = await Promise.all([1, 2, 3].map((seed) => upload(airline, "support", seed)));
    expect(different.map(({ version }) => version).sort()).toEqual([2, 3, 4]);
  });

  test("an adapter stands on a local model that the tenant may use", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    await uploadToyModel(bank, "theirs");
    await createConnection(airline, {
      slug: "openai",
      kind: "openai",
      baseUrl: `https://${ALLOWED_HOST}/v1`,
    });
    await createHostedModel(airline, { slug: "gpt", connection: "openai", providerModel: "gpt-5" });
    await expect(createAdapter(airline, { slug: "a", baseModel: "gpt" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(createAdapter(airline, { slug: "a", baseModel: "theirs" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("another tenant's adapter is as unknown as one that does not exist", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    await addSharedToyModel(platform.operator, "base");
    await createAdapter(airline, { slug: "support", baseModel: "base" });
    await upload(airline, "support");
    await createPrompt(bank, { slug: "greet", description: "" });
    for (const adapter of ["support", "nothing"]) {
      await expect(listAdapterVersions(bank, { adapter, limit: 1 })).rejects.toThrow(
        "There is no such adapter.",
      );
      await expect(upload(bank, adapter)).rejects.toThrow("There is no such adapter.");
      const content = { ...contentOf("base", "Hello."), adapter: `${adapter}@1` };
      await expect(addPromptVersion(bank, { prompt: "greet", content, dryRun: false })).rejects.toThrow(
        `There is no such adapter version "${adapter}@1".`,
      );
    }
    expect((await listAdapters(bank, { limit: 1 })).items).toEqual([]);
  });

  test("what is not slug@number of a version that exists names none", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await addSharedToyModel(platform.operator, "base");
    await createAdapter(airline, { slug: "support", baseModel: "base" });
    await upload(airline, "support");
    const corpus = [
      "support",
      "support@",
      "support@0",
      "support@2",
      "support@1.0",
      "support@99999999999",
      "@1",
    ];
    for (const reference of [...corpus, "../support@1", "support@1@1", "support@latest"]) {
      const resolving = airline.tenant.read((tx) => resolveAdapterVersion(tx, reference));
      await expect(resolving).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("a model's file stays while an adapter version is made of the same bytes", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await uploadToyModel(airline, "own");
    await createAdapter(airline, { slug: "support", baseModel: "own" });
    await upload(airline, "support");
    // The toy check takes an adapter's file for a model too.
    await uploadModel(airline, { slug: "odd", file: streamOf(toyAdapter({ ...FITTING, seed: 0 })) });
    await removeModel(airline, { model: "odd" });
    const { sha256 } = await airline.tenant.read((tx) => resolveAdapterVersion(tx, "support@1"));
    const owner = { kind: "tenant", tenantId: airline.tenant.tenantId } as const;
    expect(platform.platform.files.has(owner, sha256)).toBe(true);
  });
});

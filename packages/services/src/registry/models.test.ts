import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { LIMITS, ROLES } from "@assay/core";
import { listPlatformAudit, newId } from "@assay/store";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import {
  ALLOWED_HOST,
  addSharedToyModel,
  callerWith,
  createToyPrompt,
  describeEachPlatform,
  streamOf,
  type TestPlatform,
  toyModel,
  uploadToyModel,
} from "../testing/index.ts";
import { addSharedModel } from "./add-shared-model.ts";
import { createAdapter } from "./create-adapter.ts";
import { createConnection } from "./create-connection.ts";
import { createHostedModel } from "./create-hosted-model.ts";
import { getModel } from "./get-model.ts";
import { listModels } from "./list-models.ts";
import { listSharedModels } from "./list-shared-models.ts";
import { removeModel } from "./remove-model.ts";
import { uploadModel } from "./upload-model.ts";

const GARBAGE = Buffer.from("GGUF but not quite");

function ownerOf(context: Context) {
  return { kind: "tenant", tenantId: context.tenant.tenantId } as const;
}

/** Names of the files in a tenant's root, those that are still arriving included. */
function filesOf({ platform }: TestPlatform, context: Context): string[] {
  const root = dirname(platform.files.pathOf(ownerOf(context), "0".repeat(64)));
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function* untouched(): AsyncGenerator<Uint8Array> {
  yield await Promise.reject(new Error("the body was read"));
}

describeEachPlatform("models", (open) => {
  test("an uploaded model is checked where it lies, kept, and visible to its tenant alone", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    const file = toyModel({ width: 8 });
    const model = await uploadModel(airline, {
      slug: "own",
      inputMicrosPerMillion: 5,
      outputMicrosPerMillion: 0,
      file: streamOf(file),
    });
    expect(model).toMatchObject({
      slug: "own",
      ownership: "tenant",
      kind: "local",
      bytes: file.length,
      gguf: { architecture: "toy", contextLength: 8 },
      price: { inputMicrosPerMillion: 5, outputMicrosPerMillion: 0 },
      connection: null,
    });
    expect(await getModel(airline, { model: "own" })).toEqual(model);
    expect(filesOf(platform, airline)).toEqual([`${model.sha256}.gguf`]);
    expect(platform.platform.modelFiles.checked).toHaveLength(1);
    expect(platform.platform.modelFiles.checked[0]).toContain("incoming");
    await expect(getModel(bank, { model: "own" })).rejects.toThrow("There is no such model.");
    await expect(getModel(bank, { model: "nothing" })).rejects.toThrow("There is no such model.");
    expect((await listModels(bank, { limit: 10 })).items).toEqual([]);
  });

  test("a file that is no model is refused whichever optional fields come with it, and leaves nothing", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const sha256 = await sha256Of(GARBAGE);
    const price = { inputMicrosPerMillion: 1, outputMicrosPerMillion: 1 };
    // Every combination: none of them is a way around the check.
    for (const query of [{}, { sha256 }, price, { sha256, ...price }]) {
      for (const upload of [
        () => uploadModel(airline, { slug: "own", ...query, file: streamOf(GARBAGE) }),
        () => addSharedModel(platform.operator, { slug: "base", ...query, file: streamOf(GARBAGE) }),
      ]) {
        await expect(upload()).rejects.toMatchObject({ code: "model_file_invalid" });
      }
    }
    expect(filesOf(platform, airline)).toEqual([]);
    expect(platform.platform.files.has({ kind: "shared" }, sha256)).toBe(false);
    expect((await listModels(airline, { limit: 10 })).items).toEqual([]);
  });

  test("a file with another hash than announced, or half a price, is refused and leaves nothing", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const file = () => streamOf(toyModel({ width: 8 }));
    await expect(
      uploadModel(airline, { slug: "own", sha256: "0".repeat(64), file: file() }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await expect(
      uploadModel(airline, { slug: "own", inputMicrosPerMillion: 1, file: file() }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    expect(filesOf(platform, airline)).toEqual([]);
  });

  test("a name that is taken is refused before the body is read, and also by the database", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    await addSharedToyModel(platform.operator, "base");
    await uploadToyModel(airline, "own");
    for (const slug of ["own", "base"]) {
      await expect(uploadModel(airline, { slug, file: untouched() })).rejects.toMatchObject({
        code: "conflict",
      });
    }
    await expect(
      addSharedModel(platform.operator, { slug: "base", file: untouched() }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    const uploads = [2, 3].map((seed) => uploadToyModel(bank, "own", seed));
    const settled = await Promise.allSettled(uploads);
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(filesOf(platform, bank)).toHaveLength(1);
  });

  test("two tenants with the same file have a file each, and removing one leaves the other", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    const model = await uploadToyModel(airline, "mine");
    await uploadToyModel(bank, "ours");
    await removeModel(airline, { model: "mine" });
    expect(filesOf(platform, airline)).toEqual([]);
    expect(filesOf(platform, bank)).toEqual([`${model.sha256}.gguf`]);
    await expect(removeModel(airline, { model: "ours" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("a file stays while another model of the tenant is made of it", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await uploadToyModel(airline, "a");
    await uploadToyModel(airline, "b");
    await removeModel(airline, { model: "a" });
    expect(filesOf(platform, airline)).toHaveLength(1);
    await removeModel(airline, { model: "b" });
    expect(filesOf(platform, airline)).toEqual([]);
  });

  test("uploading and removing the same file at once never leaves a model without its file", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    for (let round = 0; round < 8; round++) {
      await uploadToyModel(airline, `old${round}`);
      const work = [removeModel(airline, { model: `old${round}` }), uploadToyModel(airline, `new${round}`)];
      await Promise.all(work);
      expect(filesOf(platform, airline)).toHaveLength(1);
      await removeModel(airline, { model: `new${round}` });
    }
  });

  test("a model that an adapter or a version pins cannot be removed", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await uploadToyModel(airline, "tuned");
    await uploadToyModel(airline, "pinned", 2);
    await createAdapter(airline, { slug: "lora", baseModel: "tuned" });
    await createToyPrompt(airline, "greet", { model: "pinned", texts: ["Hello."] });
    for (const model of ["tuned", "pinned"]) {
      await expect(removeModel(airline, { model })).rejects.toMatchObject({ code: "conflict" });
    }
    expect(filesOf(platform, airline)).toHaveLength(2);
  });

  test("a shared model is every tenant's to use and nobody's to remove", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    const model = await addSharedToyModel(platform.operator, "base");
    expect(model.ownership).toBe("shared");
    for (const tenant of [airline, bank]) {
      expect(await getModel(tenant, { model: "base" })).toEqual(model);
      await expect(removeModel(tenant, { model: "base" })).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await listSharedModels(platform.operator, { limit: 10 })).items).toEqual([model]);
    const [entry] = await platform.platform.store.readPlatform((tx) => listPlatformAudit(tx, 10));
    expect(entry).toMatchObject({
      actor: `operator:${platform.operator.operatorId}`,
      action: "shared_model.add",
      object: "base",
    });
  });

  test("a shared model added under a tenant's name changes nothing for that tenant", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    const own = await uploadToyModel(airline, "base", 7);
    const shared = await addSharedToyModel(platform.operator, "base", 8);
    expect(await getModel(airline, { model: "base" })).toEqual(own);
    expect(await getModel(bank, { model: "base" })).toEqual(shared);
  });

  test("a hosted model is named with its connection and its price", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await createConnection(airline, {
      slug: "openai",
      kind: "openai",
      baseUrl: `https://${ALLOWED_HOST}/v1`,
    });
    const price = { inputMicrosPerMillion: 100, outputMicrosPerMillion: 400 };
    const draft = { slug: "gpt", connection: "openai", providerModel: "gpt-5", price };
    const model = await createHostedModel(airline, draft);
    expect(model).toMatchObject({ ...draft, ownership: "tenant", kind: "hosted", sha256: null, gguf: null });
    expect(await getModel(airline, { model: "gpt" })).toEqual(model);
    await expect(createHostedModel(airline, draft)).rejects.toMatchObject({ code: "conflict" });
    await removeModel(airline, { model: "gpt" });
  });

  test("a price is an admin's to name, for a hosted model and for an uploaded one", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const editor = callerWith(airline, { scopes: [...ROLES.editor] });
    await createConnection(airline, { slug: "up", kind: "openai", baseUrl: `https://${ALLOWED_HOST}/v1` });
    const hosted = { slug: "gpt", connection: "up", providerModel: "gpt-5" };
    const price = { inputMicrosPerMillion: 0, outputMicrosPerMillion: 0 };
    const upload = (query: object) =>
      uploadModel(editor, { slug: "own", ...query, file: streamOf(toyModel({ width: 8 })) });
    await expect(createHostedModel(editor, { ...hosted, price })).rejects.toMatchObject({
      code: "scope_missing",
    });
    await expect(upload(price)).rejects.toMatchObject({ code: "scope_missing" });
    expect(await createHostedModel(editor, hosted)).toMatchObject({ price: null });
    expect(await upload({})).toMatchObject({ price: null });
  });

  test("the list pages through own models first, then the shared ones", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    for (const [index, slug] of ["m", "a", "z"].entries())
      await addSharedToyModel(platform.operator, slug, index);
    for (const [index, slug] of ["y", "b"].entries()) await uploadToyModel(airline, slug, 10 + index);
    await uploadToyModel(bank, "c");
    const walk = async (limit: number) => {
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await listModels(airline, cursor ? { cursor, limit } : { limit });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map(({ ownership, slug }) => `${ownership} ${slug}`));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return seen;
    };
    const all = ["tenant b", "tenant y", "shared a", "shared m", "shared z"];
    for (const limit of [1, 2, 3, 4, 5, 6]) expect(await walk(limit)).toEqual(all);
    const cursor = Buffer.from("bank:c").toString("base64url");
    await expect(listModels(airline, { cursor, limit: 5 })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("a tenant's files have a bound, which is refused before more is read", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    const path = platform.platform.files.pathOf(ownerOf(airline), "0".repeat(64));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "");
    // Sparse: it takes no space, and its size is what counts.
    truncateSync(path, LIMITS.fileBytesPerTenantMax);
    await expect(uploadModel(airline, { slug: "own", file: untouched() })).rejects.toMatchObject({
      code: "payload_too_large",
    });
    truncateSync(path, LIMITS.fileBytesPerTenantMax - 5);
    await expect(uploadToyModel(airline, "own")).rejects.toMatchObject({ code: "payload_too_large" });
    expect(filesOf(platform, airline)).toHaveLength(1);
    await uploadToyModel(bank, "own");
  });

  test("a tenant has no more models than it may", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const rows = Array.from({ length: LIMITS.modelsPerTenantMax }, (_, index) => ({
      id: newId("model"),
      slug: `m${index}`,
      kind: "local" as const,
      sha256: "0".repeat(64),
      createdAt: new Date(),
    }));
    await airline.tenant.record((tx) => tx.insertMany(tx.tables.models, rows));
    await expect(uploadModel(airline, { slug: "own", file: untouched() })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

async function sha256Of(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
  return Buffer.from(digest).toString("hex");
}

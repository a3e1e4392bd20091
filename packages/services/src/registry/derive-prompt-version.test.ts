import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { moveLabel } from "../promotion/move-label.ts";
import {
  ALLOWED_HOST,
  callerWith,
  contentOf,
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
import { derivePromptVersion } from "./derive-prompt-version.ts";
import { listPromptVersions } from "./list-prompt-versions.ts";
import { updateConnection } from "./update-connection.ts";
import { uploadAdapterVersion } from "./upload-adapter-version.ts";

const DERIVE = { prompt: "triage", dryRun: false };

/** A prompt whose version 1 has adapter version 1 of two, on a model of the tenant's own. */
async function openPrompt(platform: TestPlatform): Promise<Context> {
  const { airline } = await platform.twoTenants();
  await uploadToyModel(airline, "own");
  await uploadToyModel(airline, "other", 2);
  await createAdapter(airline, { slug: "support", baseModel: "own" });
  for (const seed of [1, 2]) {
    const file = streamOf(toyAdapter({ width: 8, rank: 4, alpha: 16, seed }));
    await uploadAdapterVersion(airline, { adapter: "support", file });
  }
  await createPrompt(airline, { slug: "triage", description: "" });
  const content = { ...contentOf("own", "Be kind."), adapter: "support@1", sampling: { temperature: 0 } };
  await addPromptVersion(airline, { prompt: "triage", content, dryRun: false });
  return airline;
}

describeEachPlatform("a derived version", (open) => {
  test("has another adapter or model and everything else as it was", async () => {
    await using platform = await open();
    const airline = await openPrompt(platform);
    const [base] = (await listPromptVersions(airline, { prompt: "triage", limit: 1 })).items;
    const second = await derivePromptVersion(airline, {
      ...DERIVE,
      from: 1,
      adapter: "support@2",
      note: "retrained",
    });
    expect(second).toMatchObject({ created: true, version: { version: 2, note: "retrained" } });
    expect(second.version?.content).toEqual({ ...base?.content, adapter: "support@2" });
    expect(second.version?.pinned.adapterSha256).not.toBe(base?.pinned.adapterSha256);
    expect(second.version?.pinned.modelHash).toBe(base?.pinned.modelHash);

    const other = await derivePromptVersion(airline, {
      ...DERIVE,
      from: "latest",
      model: "other",
      adapter: null,
    });
    expect(other.version?.content).toEqual({
      ...contentOf("other", "Be kind."),
      sampling: { temperature: 0 },
    });
    const back = await derivePromptVersion(airline, {
      ...DERIVE,
      from: 3,
      model: "own",
      adapter: "support@1",
    });
    expect(back).toMatchObject({ created: false, version: { version: 1 } });
  });

  test("is made from what a label means, and not at all in a dry run", async () => {
    await using platform = await open();
    const airline = await openPrompt(platform);
    await moveLabel(airline, { prompt: "triage", label: "production", version: 1, dryRun: false });
    const wanted = { ...DERIVE, from: "production", adapter: "support@2" };
    expect(await derivePromptVersion(airline, { ...wanted, dryRun: true })).toMatchObject({
      created: true,
      version: null,
    });
    expect((await listPromptVersions(airline, { prompt: "triage", limit: 9 })).items).toHaveLength(1);
    expect(await derivePromptVersion(airline, wanted)).toMatchObject({ version: { version: 2 } });
    for (const from of ["staging", 9]) {
      await expect(derivePromptVersion(airline, { ...wanted, from })).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });

  test("refuses an adapter of another model, one that there is not, and keys confined elsewhere", async () => {
    await using platform = await open();
    const airline = await openPrompt(platform);
    const refused = async (context: Context, input: object, code: string) =>
      expect(derivePromptVersion(context, { ...DERIVE, from: 1, ...input })).rejects.toMatchObject({ code });
    await refused(airline, { model: "other" }, "invalid_input");
    await refused(airline, { adapter: "support@9" }, "not_found");
    await refused(airline, { model: "none" }, "not_found");
    await refused(callerWith(airline, { prompts: ["other"] }), { adapter: null }, "scope_missing");
    const elsewhere = callerWith(airline, { labels: ["staging"] });
    await refused(elsewhere, { from: "production", adapter: null }, "scope_missing");
  });

  test("is not made where a name that is not exchanged has come to mean something else", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const connection = {
      slug: "upstream",
      kind: "openai-compatible" as const,
      baseUrl: `https://${ALLOWED_HOST}/v1`,
    };
    await createConnection(airline, connection);
    for (const slug of ["hosted", "other"]) {
      await createHostedModel(airline, { slug, connection: "upstream", providerModel: slug });
    }
    await createPrompt(airline, { slug: "triage", description: "" });
    const content = contentOf("hosted", "Be kind.");
    await addPromptVersion(airline, { prompt: "triage", content, dryRun: false });
    await updateConnection(airline, { connection: "upstream", baseUrl: `https://${ALLOWED_HOST}/v2` });
    const unnamed = derivePromptVersion(airline, { ...DERIVE, from: 1, adapter: null });
    await expect(unnamed).rejects.toMatchObject({ code: "conflict" });
    const named = await derivePromptVersion(airline, { ...DERIVE, from: 1, model: "hosted" });
    expect(named).toMatchObject({ created: true, version: { version: 2, content } });
  });
});

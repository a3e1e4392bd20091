import { LIMITS } from "@assay/core";
import { insertDraft, listAuditRows } from "@assay/store";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { createPrompt } from "../registry/create-prompt.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import {
  addSharedToyModel,
  callerWith,
  contentOf,
  createToyPrompt,
  describeEachPlatform,
  type TestPlatform,
} from "../testing/index.ts";
import { getPromptDraft } from "./get-prompt-draft.ts";
import { putPromptDraft } from "./put-prompt-draft.ts";
import { removePromptDraft } from "./remove-prompt-draft.ts";

const DAY_MS = 86_400_000;

async function withPrompt(platform: TestPlatform) {
  const { airline, bank } = await platform.twoTenants();
  await addSharedToyModel(platform.operator, "base");
  for (const tenant of [airline, bank])
    await createToyPrompt(tenant, "greet", { model: "base", texts: ["Hello."] });
  return { airline, bank };
}

const put = (context: Context, body: string, expectedRevision: number | null) =>
  putPromptDraft(context, { prompt: "greet", baseVersion: 1, body, expectedRevision });
const begin = (context: Context, prompt: string) =>
  putPromptDraft(context, { prompt, baseVersion: null, body: "x", expectedRevision: null });
const bodyOf = async (context: Context) =>
  (await getPromptDraft(context, { prompt: "greet" })).draft?.body ?? null;
const add = (context: Context, text: string, draftRevision?: number) =>
  addPromptVersion(context, {
    prompt: "greet",
    content: contentOf("base", text),
    dryRun: false,
    ...(draftRevision !== undefined && { draftRevision }),
  });

describeEachPlatform("drafts of prompts", (open) => {
  test("are kept as typed, broken or not, and read back by their owner", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    const kept = await put(airline, '{"messages":[ …\u202e', null);
    expect(kept).toMatchObject({ baseVersion: 1, body: '{"messages":[ …\u202e', revision: 1 });
    expect(await getPromptDraft(airline, { prompt: "greet" })).toEqual({ draft: kept });
  });

  test("are seen by nobody else: not by a colleague, not by another tenant", async () => {
    await using platform = await open();
    const { airline, bank } = await withPrompt(platform);
    const colleague = callerWith(airline, { keyId: "key_other" });
    await put(airline, "mine", null);
    expect(await bodyOf(colleague)).toBe(null);
    expect(await bodyOf(bank)).toBe(null);
    await put(colleague, "theirs", null);
    await removePromptDraft(colleague, { prompt: "greet" });
    expect([await bodyOf(airline), await bodyOf(colleague)]).toEqual(["mine", null]);
  });

  test("do not overwrite what another window kept meanwhile", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    await put(airline, "one", null);
    expect(await put(airline, "two", 1)).toMatchObject({ revision: 2 });
    await expect(put(airline, "late", 1)).rejects.toMatchObject({ code: "version_conflict" });
    await expect(put(airline, "late", null)).rejects.toMatchObject({ code: "version_conflict" });
    expect(await bodyOf(airline)).toBe("two");
  });

  test("end with the version that is made of them, unless more was typed since", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    await put(airline, "one", null);
    await put(airline, "two", 1);
    await add(airline, "Made of the first.", 1);
    expect(await bodyOf(airline)).toBe("two");
    await add(airline, "Made of the second.", 2);
    expect(await bodyOf(airline)).toBe(null);
  });

  test("outlive a version that is refused or not new", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    await put(airline, "one", null);
    expect(await add(airline, "Hello.", 1)).toMatchObject({ created: false });
    await expect(add(airline, "{{ broken", 1)).rejects.toMatchObject({ code: "template_invalid" });
    expect(await bodyOf(airline)).toBe("one");
  });

  test("leave one audit entry when they begin and one when they are discarded", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    await put(airline, "one", null);
    await put(airline, "two", 1);
    await removePromptDraft(airline, { prompt: "greet" });
    await removePromptDraft(airline, { prompt: "greet" });
    const rows = await airline.tenant.read((tx) => listAuditRows(tx, { limit: 3 }));
    expect(rows.map(({ action }) => action)).toEqual([
      "prompt_draft.discard",
      "prompt_draft.begin",
      "prompt_version.add",
    ]);
  });

  test("are refused to a key that is confined to other prompts", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    const confined = callerWith(airline, { prompts: ["other"] });
    await expect(put(confined, "x", null)).rejects.toMatchObject({ code: "scope_missing" });
    await expect(removePromptDraft(confined, { prompt: "greet" })).rejects.toMatchObject({
      code: "scope_missing",
    });
  });

  test("are so many for one actor and no more", async () => {
    await using platform = await open();
    const { airline } = await withPrompt(platform);
    for (let n = 0; n <= LIMITS.promptDraftsPerActorMax; n += 1)
      await createPrompt(airline, { slug: `p${n}`, description: "" });
    for (let n = 0; n < LIMITS.promptDraftsPerActorMax; n += 1) await begin(airline, `p${n}`);
    const last = `p${LIMITS.promptDraftsPerActorMax}`;
    await expect(begin(airline, last)).rejects.toMatchObject({ code: "conflict" });
    expect(await begin(callerWith(airline, { keyId: "key_other" }), last)).toMatchObject({
      revision: 1,
    });
  });

  test("are so many for one tenant and no more, and those that nobody touched for long make room", async () => {
    await using platform = await open();
    const { airline, bank } = await withPrompt(platform);
    const { now } = airline.platform;
    await airline.tenant.record(async (tx) => {
      const { id: promptId } = await findPrompt(airline, tx, "greet");
      for (let n = 0; n < LIMITS.promptDraftsPerTenantMax; n += 1) {
        const text = { baseVersion: null, body: "x", updatedAt: now() };
        await insertDraft(tx, { promptId, actor: `key:${n}` }, text);
      }
    });
    await expect(put(airline, "x", null)).rejects.toMatchObject({ code: "conflict" });
    expect(await put(bank, "x", null)).toMatchObject({ revision: 1 });
    const later = now().getTime() + (LIMITS.promptDraftKeepDays + 1) * DAY_MS;
    airline.platform.now = () => new Date(later);
    expect(await put(airline, "x", null)).toMatchObject({ revision: 1 });
  });
});

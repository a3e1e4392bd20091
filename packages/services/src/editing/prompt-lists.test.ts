import { DAY_MS } from "@assay/core";
import { insertMembership, insertUser } from "@assay/store";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { listPromptOverviews } from "../overview/list-prompt-overviews.ts";
import { moveLabel } from "../promotion/move-label.ts";
import { setGate } from "../promotion/set-gate.ts";
import { createPrompt } from "../registry/create-prompt.ts";
import { getPromptVersion } from "../registry/get-prompt-version.ts";
import { listPrompts } from "../registry/list-prompts.ts";
import { callerWith, describeEachPlatform, serveRequests, stopClock } from "../testing/index.ts";
import { getPromptTraffic } from "./get-prompt-traffic.ts";
import { listPromptSummaries } from "./list-prompt-summaries.ts";
import { listPromptTimeline } from "./list-prompt-timeline.ts";
import { putPromptDraft } from "./put-prompt-draft.ts";

const PAGE = { limit: 50 };

async function serve(
  context: Context,
  days: number,
  { label, source = "served" }: { label: string | null; source?: "served" | "playground" },
): Promise<void> {
  const { id: promptVersionId } = await getPromptVersion(context, { prompt: "triage", version: 1 });
  await serveRequests(context, [
    {
      promptVersionId,
      label,
      source,
      promptTokens: 3,
      completionTokens: 4,
      costMicros: label === null ? null : 5,
      createdAt: new Date(context.platform.now().getTime() - days * DAY_MS),
    },
  ]);
}

describeEachPlatform("lists of prompts for people", (open) => {
  test("summaries say what is newest, what labels mean, and where the caller has a draft", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await world.addVersion("skill 60");
    await moveLabel(airline, { prompt: "triage", label: "staging", version: 1, dryRun: false });
    await putPromptDraft(airline, { prompt: "triage", baseVersion: 1, body: "x", expectedRevision: null });
    await createPrompt(airline, { slug: "empty", description: "Greets 100% of people" });
    const { items } = await listPromptSummaries(airline, PAGE);
    expect(items).toMatchObject([
      { slug: "empty", newest: null, labels: [], labelCount: 0, draft: null },
      {
        slug: "triage",
        newest: { version: 1, createdBy: { actor: `key:${airline.caller.keyId}`, name: "test" } },
        labels: [{ name: "staging", version: 1, standing: { kind: "unprotected" } }],
        draft: { baseVersion: 1 },
      },
    ]);
    const found = async (search: string) =>
      (await listPromptSummaries(airline, { ...PAGE, search })).items.map(({ slug }) => slug);
    expect(await found("RIAG")).toEqual(["triage"]);
    expect(await found("100%")).toEqual(["empty"]);
    expect(await found("_")).toEqual([]);
    const confined = callerWith(airline, { prompts: ["empty"] });
    expect((await listPromptSummaries(confined, PAGE)).items.map(({ slug }) => slug)).toEqual(["empty"]);
    const colleague = callerWith(airline, { keyId: "key_other" });
    expect((await listPromptSummaries(colleague, PAGE)).items.map(({ draft }) => draft)).toEqual([
      null,
      null,
    ]);
  });

  test("people are called by their names, and no more is told of them", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const person = { name: "Ada", email: "ada@airline.test", emailVerified: true, isOperator: false };
    const { store } = airline.platform;
    const { id } = await store.writePlatform((tx) => insertUser(tx, person));
    const as = { tenantId: airline.tenantInfo.id, userId: id, role: "editor", actor: "key:test" } as const;
    await store.writePlatform((tx) => insertMembership(tx, as));
    await world.addVersion("skill 60", callerWith(airline, { keyId: null, userId: id }));
    const { items } = await listPromptSummaries(airline, PAGE);
    expect(items[0]?.newest?.createdBy).toEqual({ actor: `user:${id}`, name: "Ada" });
    expect(JSON.stringify(items)).not.toContain("ada@");
  });

  test("the timeline tells what each version changed and how far it is proven", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await world.addVersion("skill 0 \nand kind");
    await world.evaluate(1);
    await world.addVersion("skill 0 \nand brief\nand kind");
    await moveLabel(airline, { prompt: "triage", label: "staging", version: 2, dryRun: false });
    const { items } = await listPromptTimeline(airline, { prompt: "triage", ...PAGE });
    expect(items).toMatchObject([
      {
        version: 2,
        labels: ["staging"],
        changes: { linesAdded: 1, linesRemoved: 0, members: [] },
        evidence: null,
      },
      { version: 1, labels: [], evidence: { state: "proven", suite: "triage-suite", cases: 60 } },
    ]);
    await world.importCases(70);
    const [, first] = (await listPromptTimeline(airline, { prompt: "triage", ...PAGE })).items;
    expect(first?.evidence).toMatchObject({ state: "stale", reasons: [expect.any(String)] });
  });

  test("a version that its gate refused is shown as refused", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 60");
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    await world.evaluate(1);
    const [only] = (await listPromptTimeline(world.airline, { prompt: "triage", ...PAGE })).items;
    expect(only?.evidence?.state).toBe("refused");
  });

  test("a page of the timeline shows its last version against the one before it", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("one\ntwo");
    await world.addVersion("one\ntwo\nthree");
    const page = await listPromptTimeline(world.airline, { prompt: "triage", limit: 1 });
    expect(page.items).toMatchObject([{ version: 2, changes: { linesAdded: 1, linesRemoved: 0 } }]);
  });

  test("traffic counts a prompt's requests by caller, version and label, of this tenant alone", async () => {
    await using world = await openEvalWorld(open);
    const { airline, bank } = world;
    await world.addVersion("skill 60");
    stopClock(airline);
    await serve(airline, 0, { label: "production" });
    await serve(airline, 0, { label: "production" });
    await serve(airline, 2, { label: null });
    await serve(airline, 9, { label: "production" });
    await serve(airline, 0, { label: null, source: "playground" });
    const traffic = await getPromptTraffic(airline, { prompt: "triage", days: 7 });
    expect(traffic.rows).toMatchObject([
      { caller: { name: "test" }, version: 1, label: "production", requests: 2, tokens: 14, costMicros: 10 },
      { label: null, requests: 1, costMicros: null },
    ]);
    expect(traffic.perDay.map(({ requests }) => requests)).toEqual([0, 0, 0, 0, 1, 0, 2]);
    await expect(getPromptTraffic(bank, { prompt: "triage", days: 7 })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("leave the prompts of judges out, or show nothing else, where that is asked for", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await createPrompt(airline, { slug: "judge-tone", description: "" });
    await createPrompt(airline, { slug: "judgement", description: "" });
    for (const list of [listPrompts, listPromptSummaries]) {
      const slugs = async (judges?: "true" | "false") =>
        (await list(airline, { ...PAGE, judges })).items.map(({ slug }) => slug);
      expect(await slugs()).toEqual(["judge-tone", "judgement", "triage"]);
      expect(await slugs("false")).toEqual(["judgement", "triage"]);
      expect(await slugs("true")).toEqual(["judge-tone"]);
    }
    const overviews = await listPromptOverviews(airline, { ...PAGE, judges: "false" });
    expect(overviews.items.map(({ prompt }) => prompt)).toEqual(["judgement", "triage"]);
  });
});

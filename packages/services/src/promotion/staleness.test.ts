import type { Case, EvidenceHashes, PromptContent, SuiteSpec } from "@assay/core";
import { findPromptBySlug, findPromptVersion, findRun, insertRun, updateRun } from "@assay/store";
import { expect, it } from "vitest";
import { importDataset } from "../datasets/import-dataset.ts";
import { evidenceSha256 } from "../evaluation/evidence-hashes.ts";
import { startRun } from "../evaluation/start-run.ts";
import { casesOf, type EvalWorld, GATE, MODEL, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { openJudgedWorld } from "../evaluation/testing/judged-world.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { createAdapter } from "../registry/create-adapter.ts";
import { createConnection } from "../registry/create-connection.ts";
import { createHostedModel } from "../registry/create-hosted-model.ts";
import { derivePromptVersion } from "../registry/derive-prompt-version.ts";
import { updateConnection } from "../registry/update-connection.ts";
import { uploadAdapterVersion } from "../registry/upload-adapter-version.ts";
import {
  ALLOWED_HOST,
  contentOf,
  describeEachPlatform,
  streamOf,
  toyAdapter,
  uploadToyModel,
} from "../testing/index.ts";
import { listEvidence } from "./list-evidence.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf, standingOf } from "./testing/promotion-probes.ts";

const ANY = { type: "object", additionalProperties: true };
const EASY_GATE = { ...GATE, noFlips: [] };

async function* jsonLines(cases: readonly Case[]): AsyncGenerator<string> {
  for (const each of cases) yield `${JSON.stringify(each)}\n`;
}

async function guard({ airline }: EvalWorld): Promise<void> {
  await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
}

/** Adds a version, measures it and shows that its evidence counts: what a change then takes away. */
async function proveVersion(
  world: EvalWorld,
  content: PromptContent = contentOf(MODEL, "skill 0"),
): Promise<number> {
  const added = await addPromptVersion(world.airline, { prompt: "triage", content, dryRun: false });
  const version = added.version?.version ?? Number.NaN;
  await guard(world);
  await world.evaluate(version);
  const dry = await moveLabel(world.airline, { ...PRODUCTION, version, dryRun: true });
  expect(dry.verdict?.clauses[0]).toMatchObject({ clause: "evidence", outcome: "pass" });
  return version;
}

interface Change {
  version: number;
  changed: (keyof EvidenceHashes)[];
  /** Part of what the refusal and the list of evidence say. */
  words: string;
}

/** The move is refused and the run is listed as stale, both naming the input. */
async function expectStale({ airline }: EvalWorld, { version, changed, words }: Change): Promise<void> {
  const evidence = clauseOf(await refusalOf(moveLabel(airline, { ...PRODUCTION, version })), "evidence");
  expect(evidence).toMatchObject({ outcome: "fail" });
  expect(evidence?.message).toContain(words);
  const { items } = await listEvidence(airline, { prompt: "triage", version, limit: 1 });
  expect(items).toMatchObject([{ isCurrent: false, changed }]);
  expect(items[0]?.reasons.join(" ")).toContain(words);
}

/** A version beside the proven one is measured by none of its runs. */
async function expectUnproven({ airline }: EvalWorld, version: number): Promise<void> {
  const evidence = clauseOf(await refusalOf(moveLabel(airline, { ...PRODUCTION, version })), "evidence");
  expect(evidence?.message).toContain(`no finished run of suite "triage-suite" on version ${version}`);
}

async function putSuiteAndGate(world: EvalWorld, changes: Partial<SuiteSpec>): Promise<void> {
  await world.putSuite(changes);
  await guard(world);
}

describeEachPlatform("a label does not move on evidence that was made with another", (open) => {
  it("prompt", async () => {
    await using world = await openEvalWorld(open);
    await proveVersion(world);
    await expectUnproven(world, await world.addVersion("skill 1"));
  });

  it("partial", async () => {
    await using world = await openEvalWorld(open);
    const withPartial = (text: string) => ({
      ...contentOf(MODEL, "skill 0 {% render 'tone' %}"),
      partials: { tone: text },
      variables: ANY,
    });
    await proveVersion(world, withPartial("Be kind."));
    const draft = { prompt: "triage", content: withPartial("Be curt."), dryRun: false };
    const changed = await addPromptVersion(world.airline, draft);
    expect(changed).toMatchObject({ created: true, version: { version: 2 } });
    await expectUnproven(world, 2);
  });

  it("adapter file", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await createAdapter(airline, { slug: "support", baseModel: MODEL });
    for (const seed of [1, 2]) {
      const file = streamOf(toyAdapter({ width: 8, rank: 4, alpha: 16, seed }));
      await uploadAdapterVersion(airline, { adapter: "support", file });
    }
    const from = await proveVersion(world, { ...contentOf(MODEL, "skill 0"), adapter: "support@1" });
    const derive = { prompt: "triage", from, dryRun: false };
    const derived = await derivePromptVersion(airline, { ...derive, adapter: "support@2" });
    await expectUnproven(world, derived.version?.version ?? 0);
    const without = await derivePromptVersion(airline, { ...derive, adapter: null });
    await expectUnproven(world, without.version?.version ?? 0);
  });

  it("model file", async () => {
    await using world = await openEvalWorld(open);
    const from = await proveVersion(world);
    await uploadToyModel(world.airline, "own", 5);
    const derived = await derivePromptVersion(world.airline, {
      prompt: "triage",
      from,
      model: "own",
      dryRun: false,
    });
    await expectUnproven(world, derived.version?.version ?? 0);
  });

  it("place that a hosted model is reached at", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const connection = {
      slug: "upstream",
      kind: "openai-compatible" as const,
      baseUrl: `https://${ALLOWED_HOST}/v1`,
    };
    await createConnection(airline, connection);
    await createHostedModel(airline, { slug: "hosted", connection: "upstream", providerModel: "m" });
    const version = await proveVersion(world, contentOf("hosted", "skill 0"));
    await updateConnection(airline, { connection: "upstream", baseUrl: `https://${ALLOWED_HOST}/v2` });
    await expectStale(world, { version, changed: ["model"], words: 'The model "hosted" changed' });
  });

  it("dataset case", async () => {
    await using world = await openEvalWorld(open);
    const version = await proveVersion(world);
    const [first, ...rest] = casesOf(60);
    const text = jsonLines([{ ...(first as Case), expected: "another answer" }, ...rest]);
    await importDataset(world.airline, { dataset: "tickets", format: "jsonl", text });
    await guard(world);
    const { airline } = world;
    const evidence = clauseOf(await refusalOf(moveLabel(airline, { ...PRODUCTION, version })), "evidence");
    expect(evidence?.message).toContain('The gate asks for version 2 of dataset "tickets"');
    const { items } = await listEvidence(airline, { prompt: "triage", version, limit: 1 });
    expect(items).toMatchObject([{ isCurrent: false, changed: ["dataset"] }]);
    expect(items[0]?.reasons).toEqual([
      'The cases of dataset "tickets" changed: the run measured version 1, version 2 counts now.',
    ]);
  });

  it("scorer option", async () => {
    await using world = await openEvalWorld(open);
    const scorer = (ignoreCase: boolean) => [
      { type: "contains", weight: 1, options: { values: ["a"], ignoreCase } },
    ];
    await world.putSuite({ scorers: scorer(false), gate: EASY_GATE });
    const version = await proveVersion(world);
    await putSuiteAndGate(world, { scorers: scorer(true), gate: EASY_GATE });
    const words = 'The suite "triage-suite" uses other scorers or options now';
    await expectStale(world, { version, changed: ["suite", "scorers"], words });
  });

  it("scorer revision", async () => {
    await using world = await openEvalWorld(open);
    const proven = await proveVersion(world);
    const version = await world.addVersion("skill 1");
    await addRunOfOlderRelease(world, { proven, version });
    const words = 'A scorer of the suite "triage-suite" has a newer revision';
    await expectStale(world, { version, changed: ["scorers"], words });
  });

  it("judge prompt", async () => {
    await using world = await openJudgedWorld(open);
    await world.putJudge("Be fair.", { gate: EASY_GATE });
    const version = await proveVersion(world);
    await world.putJudge("Be lenient.", { gate: EASY_GATE });
    await guard(world);
    const words = "the run asked judge-llm-rubric@1, now it asks judge-llm-rubric@2";
    await expectStale(world, { version, changed: ["suite", "scorers", "judges"], words });
  });

  it("engine build", async () => {
    await using world = await openEvalWorld(open);
    const version = await proveVersion(world);
    world.test.platform.engineBuildOf = (kind) => `newer-${kind}`;
    const words = "the run was made with scripted-local, this is newer-local";
    await expectStale(world, { version, changed: ["engineBuild"], words });
  });

  it("selection: a part of the dataset never counts", async () => {
    await using world = await openEvalWorld(open);
    await proveVersion(world);
    const version = await world.addVersion("skill 1");
    const selection = { tags: ["critical"] };
    await startRun(world.airline, { suite: "triage-suite", version, selection });
    await world.work();
    await expectStale(world, { version, changed: ["selection"], words: "a part of the dataset only" });
  });

  it.each([
    ["number of repeats", { repeats: 2 }],
    ["mark that a case passes at", { passScore: 0.5 }],
    ["number of repeats that must pass", { repeats: 2, passesMin: 1 }],
  ] as const)("%s", async (_, changes) => {
    await using world = await openEvalWorld(open);
    const before = { repeats: "passesMin" in changes ? 2 : 1, gate: EASY_GATE };
    await world.putSuite(before);
    const version = await proveVersion(world);
    await putSuiteAndGate(world, { ...before, ...changes });
    const member = Object.keys(changes).at(-1);
    await expectStale(world, { version, changed: ["suite"], words: `changed (${member})` });
  });
});

describeEachPlatform("a label that was proven", (open) => {
  it("says what made its evidence stale, and stays where it is", async () => {
    await using world = await openEvalWorld(open);
    const version = await proveVersion(world);
    await moveLabel(world.airline, { ...PRODUCTION, version });
    expect(await standingOf(world.airline)).toMatchObject({ kind: "proven" });
    world.test.platform.engineBuildOf = (kind) => `newer-${kind}`;
    expect(await standingOf(world.airline)).toMatchObject({ kind: "stale", changed: ["engineBuild"] });
  });
});

/** A completed run of `version` as a release left it whose scorers had an older revision. */
async function addRunOfOlderRelease(
  world: EvalWorld,
  { proven, version }: { proven: number; version: number },
): Promise<void> {
  const { tenant } = world.airline;
  const { items } = await listEvidence(world.airline, { prompt: "triage", version: proven, limit: 1 });
  await tenant.record(async (tx) => {
    const source = await findRun(tx, items[0]?.runId ?? "");
    const prompt = await findPromptBySlug(tx, "triage");
    const target = prompt && (await findPromptVersion(tx, prompt.id, version));
    if (source === undefined || target === undefined) throw new Error("there are a run and a version");
    const { suiteVersionId, datasetVersionId, total, startedBy, createdAt, summary, finishedAt } = source;
    const hashes = { ...source.hashes, promptVersion: target.contentSha256, scorers: "0".repeat(64) };
    const parts = { suiteVersionId, datasetVersionId, promptVersionId: target.id, baselineRunId: null };
    const draft = { ...parts, hashes, evidenceSha256: evidenceSha256(hashes), total, startedBy, createdAt };
    const { id } = await insertRun(tx, draft);
    await updateRun(tx, id, { status: "completed", done: total, summary, finishedAt });
  });
}

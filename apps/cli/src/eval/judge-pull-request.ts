import { type Client, ClientError } from "@assay/client";
import { type Gate, invariant, type Run, type Verdict } from "@assay/core";
import { FileError } from "../cli-error.ts";
import { readPromptFile } from "../prompt-files/prompt-file.ts";
import { findPrompt, putPromptVersion } from "../prompt-files/put-prompt-version.ts";
import { gatherReport } from "./gather-report.ts";
import type { LoadedSuite } from "./load-suite.ts";
import { pushDataset } from "./push-dataset.ts";
import type { SuiteReport } from "./report-schema.ts";
import { followToVerdict } from "./run-suite.ts";
import type { SuiteMeans } from "./run-suites.ts";

const LABEL_DEFAULT = "production";

export interface PullRequestOptions extends SuiteMeans {
  /** Also suites whose prompt is what the label holds already. */
  all: boolean;
  casesMax: number;
}

/**
 * Adds the prompt file of the working tree as a version, without moving anything, and holds it against what the gate's
 * label points to. Where this suite is the gate in force for the label, that gate judges: its version of the suite and
 * its cases, whatever the files here say, so that a change cannot bring its own bar along. Otherwise the file's does.
 */
export async function judgePullRequest(
  client: Client,
  suite: LoadedSuite,
  options: PullRequestOptions,
): Promise<SuiteReport> {
  const named = { file: suite.path, suite: suite.slug };
  const { prompt } = suite.spec;
  const label = suite.spec.gate?.label ?? LABEL_DEFAULT;
  if (suite.promptFile === undefined) {
    // Not skipped: a tree laid out otherwise would have every pull request pass without being looked at.
    throw new FileError(
      `${suite.path}: there is no file of the prompt "${prompt}" in prompts/ beside evals/.`,
    );
  }
  const content = await readPromptFile(suite.promptFile);
  const held = await heldVersion(client, prompt, label);
  if (!options.all && held !== undefined) {
    const planned = await client.addPromptVersion({ prompt, content, dryRun: true });
    if (planned.version?.version === held) {
      const message = `The prompt is what ${label} holds already, version ${held}; --all judges it all the same.`;
      return { status: "skipped", ...named, message };
    }
  }
  const added = await putPromptVersion(client, prompt, content);
  invariant(added.version !== null, "only a dry run returns no version");
  const { version } = added.version;
  const gate = await gateInForce(client, suite, label);
  const { started, dropped } = await startRun(client, suite, { gate, version });
  const run = await followToVerdict(client, started, options);
  const { passesMin } = suite.spec;
  const { casesMax } = options;
  const hasGate = gate !== undefined || suite.spec.gate !== undefined;
  const report = await gatherReport(client, { ...named, run, passesMin, hasGate, casesMax });
  if (dropped !== undefined) report.notes.unshift(dropped);
  if (gate === undefined) return report;
  const notes = [...report.notes, ...(await barNotes(client, suite, gate))];
  const { promotion, note } = await foreseeMove(client, { prompt, label, version });
  return { ...report, promotion, notes: note === undefined ? notes : [...notes, note] };
}

async function heldVersion(client: Client, prompt: string, label: string): Promise<number | undefined> {
  if ((await findPrompt(client, prompt)) === undefined) return undefined;
  const { items } = await client.listLabels({ prompt });
  return items.find(({ name }) => name === label)?.version;
}

async function gateInForce(client: Client, suite: LoadedSuite, label: string): Promise<Gate | undefined> {
  const { items } = await client.listGates({ prompt: suite.spec.prompt });
  return items.find((gate) => gate.label === label && gate.suite === suite.slug);
}

async function startRun(
  client: Client,
  suite: LoadedSuite,
  { gate, version }: { gate: Gate | undefined; version: number },
): Promise<{ started: Run; dropped?: string | undefined }> {
  if (gate !== undefined) {
    const { suiteVersion, datasetVersion } = gate;
    return { started: await client.startRun({ suite: suite.slug, suiteVersion, datasetVersion, version }) };
  }
  const dataset = suite.datasetFile;
  const pushed = dataset && (await pushDataset(client, dataset));
  await client.putSuite({ ...suite.spec, suite: suite.slug, dataset: dataset?.slug ?? suite.spec.dataset });
  return { started: await client.startRun({ suite: suite.slug, version }), dropped: pushed?.dropped };
}

/** Says so when the files of the working tree ask for another bar than the gate in force. */
async function barNotes(client: Client, suite: LoadedSuite, gate: Gate): Promise<string[]> {
  const { spec } = await client.getSuite({ suite: suite.slug });
  const dataset = suite.datasetFile?.slug ?? suite.spec.dataset;
  const isSame = comparable(spec) === comparable({ ...suite.spec, dataset });
  if (isSame) return [];
  return [
    `Judged by the gate in force, version ${gate.suiteVersion} of the suite; the suite file says something else. Who may, adopts it: assay eval ${suite.path}, then assay gates set ${gate.prompt} ${gate.label} --suite ${gate.suite}`,
  ];
}

/** Without the names of judges, which the server completes with their versions. */
function comparable(spec: object): string {
  const seen = (_: string, value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const members = Object.entries(value).filter(([name]) => name !== "judge");
    return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(spec, seen);
}

/** Whether the label could move now, as a dry run says; a key that may not move it is told so and no more. */
async function foreseeMove(
  client: Client,
  move: { prompt: string; label: string; version: number },
): Promise<{ promotion: Verdict | null; note?: string }> {
  try {
    return { promotion: (await client.moveLabel({ ...move, dryRun: true })).verdict };
  } catch (error) {
    if (!(error instanceof ClientError) || error.code !== "scope_missing") throw error;
    const note = `This key may not promote, so the run's verdict stands alone: whether ${move.label} could move now was not asked.`;
    return { promotion: null, note };
  }
}

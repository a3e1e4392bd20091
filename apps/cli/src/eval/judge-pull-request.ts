import { type Client, ClientError } from "@assay/client";
import { type Gate, invariant, type Label, type PromptContent, type Run, type Verdict } from "@assay/core";
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
  /** Leaves out what the label holds already. */
  isSkipping: boolean;
  casesMax: number;
}

/**
 * Adds the prompt file of the working tree as a version, without moving anything, and holds it against the gates in
 * force for the prompt: their versions of suite and cases, whatever the files here say and are called, so that a
 * change cannot bring its own bar along. Only where the prompt has no gate, or its gates are judged with other files,
 * does the file's own bar decide.
 */
export async function judgePullRequest(
  client: Client,
  suite: LoadedSuite,
  options: PullRequestOptions,
): Promise<SuiteReport[]> {
  const { prompt } = suite.spec;
  if (suite.promptFile === undefined) {
    // Not skipped: a tree laid out otherwise would have every pull request pass without being looked at.
    throw new FileError(
      `${suite.path}: there is no file of the prompt "${prompt}" in prompts/ beside evals/.`,
    );
  }
  const content = await readPromptFile(suite.promptFile);
  const isKnown = (await findPrompt(client, prompt)) !== undefined;
  const gates = isKnown ? (await client.listGates({ prompt })).items : [];
  const labels = isKnown ? (await client.listLabels({ prompt })).items : [];
  const judging = gatesOf(suite, gates, options.all);
  const reports: SuiteReport[] = [];
  for (const gate of judging.length === 0 ? [undefined] : judging) {
    reports.push(await judgeBy(gate, { client, suite, content, labels, gates, options }));
  }
  return reports;
}

/** The gates that a suite file is judged by: its own and, with the prompt's first file, those that no file is of. */
function gatesOf(suite: LoadedSuite, gates: readonly Gate[], all: readonly LoadedSuite[]): Gate[] {
  const isFirst = all.find(({ spec }) => spec.prompt === suite.spec.prompt) === suite;
  return gates.filter((gate) => {
    const isOwn = isGateOf(suite, gate);
    return isOwn || (isFirst && !all.some((other) => isGateOf(other, gate)));
  });
}

function isGateOf({ slug, spec }: LoadedSuite, gate: Gate): boolean {
  return gate.prompt === spec.prompt && gate.suite === slug && gate.label === labelOf({ spec });
}

function labelOf({ spec }: Pick<LoadedSuite, "spec">): string {
  return spec.gate?.label ?? LABEL_DEFAULT;
}

interface PullRequest {
  client: Client;
  suite: LoadedSuite;
  content: PromptContent;
  labels: readonly Label[];
  gates: readonly Gate[];
  options: PullRequestOptions;
}

async function judgeBy(gate: Gate | undefined, pullRequest: PullRequest): Promise<SuiteReport> {
  const { client, suite, content, labels, gates, options } = pullRequest;
  const { prompt, passesMin } = suite.spec;
  const named = { file: suite.path, suite: gate?.suite ?? suite.slug };
  const label = gate?.label ?? labelOf(suite);
  const held = options.isSkipping ? heldVersion(labels, label) : undefined;
  if (held !== undefined) {
    const planned = await client.addPromptVersion({ prompt, content, dryRun: true });
    if (planned.version?.version === held) {
      const message = `The prompt is what ${label} holds already, version ${held}; --all judges it all the same.`;
      return { status: "skipped", ...named, message };
    }
  }
  const added = await putPromptVersion(client, prompt, content);
  invariant(added.version !== null, "only a dry run returns no version");
  const { version } = added.version;
  const { started, dropped } = await startRun(client, suite, { gate, version });
  const run = await followToVerdict(client, started, options);
  const hasGate = gate !== undefined || suite.spec.gate !== undefined;
  const about = { ...named, run, passesMin, hasGate, casesMax: options.casesMax };
  const report = await gatherReport(client, about);
  if (dropped !== undefined) report.notes.unshift(dropped);
  if (gate === undefined) return { ...report, notes: [...report.notes, ownBarNote(prompt, gates)] };
  const notes = [...report.notes, ...(await barNotes(client, suite, gate))];
  const { promotion, note } = await foreseeMove(client, { prompt, label, version });
  return { ...report, promotion, notes: note === undefined ? notes : [...notes, note] };
}

/** What an override lent the label is not what it holds in its own right, and was never judged. */
function heldVersion(labels: readonly Label[], label: string): number | undefined {
  const held = labels.find(({ name }) => name === label);
  return held?.standing.kind === "overridden" ? undefined : held?.version;
}

function ownBarNote(prompt: string, gates: readonly Gate[]): string {
  if (gates.length === 0)
    return `No gate is in force for "${prompt}": the suite file judged by its own bar, and no label stands behind it.`;
  const labels = gates.map((gate) => gate.label).join(", ");
  return `The suite file judged by its own bar; the gate in force for ${labels} is judged with another file.`;
}

async function startRun(
  client: Client,
  suite: LoadedSuite,
  { gate, version }: { gate: Gate | undefined; version: number },
): Promise<{ started: Run; dropped?: string | undefined }> {
  if (gate !== undefined) {
    const { suite: of, suiteVersion, datasetVersion } = gate;
    return { started: await client.startRun({ suite: of, suiteVersion, datasetVersion, version }) };
  }
  const dataset = suite.datasetFile;
  const pushed = dataset && (await pushDataset(client, dataset));
  await client.putSuite({ ...suite.spec, suite: suite.slug, dataset: dataset?.slug ?? suite.spec.dataset });
  return { started: await client.startRun({ suite: suite.slug, version }), dropped: pushed?.dropped };
}

/** Says so when the files of the working tree ask for another bar than the gate in force. */
async function barNotes(client: Client, suite: LoadedSuite, gate: Gate): Promise<string[]> {
  if (!isGateOf(suite, gate)) {
    return [
      `Judged by the gate in force for ${gate.label}, version ${gate.suiteVersion} of the suite "${gate.suite}", which is that of no suite file here.`,
    ];
  }
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

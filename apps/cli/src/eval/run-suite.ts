import { type Client, followRun } from "@assay/client";
import { invariant, type Run, type RunDraft } from "@assay/core";
import { readPromptFile } from "../prompt-files/prompt-file.ts";
import { putPromptVersion } from "../prompt-files/put-prompt-version.ts";
import { gatherReport } from "./gather-report.ts";
import type { LoadedSuite } from "./load-suite.ts";
import type { OnProgress } from "./progress.ts";
import { pushDataset } from "./push-dataset.ts";
import type { FinishedSuite } from "./report-schema.ts";
import { startOrAdopt } from "./start-or-adopt.ts";

/** Which version a suite judges; with nothing given the prompt's file beside the suite, or the latest version. */
export interface VersionChoice {
  version?: number | undefined;
  label?: string | undefined;
  promptFile?: string | undefined;
}

export interface RunSuiteOptions {
  choice: VersionChoice;
  /** Which cases, and how they are carried out. */
  draft?: Omit<RunDraft, "suite" | "version" | "label"> | undefined;
  signal: AbortSignal;
  onProgress: OnProgress;
  /** How many cases the report shows with what they asked and expected. */
  casesMax: number;
}

/** Stores a suite with the files it names, runs it on the chosen version and gathers everything to report. */
export async function runSuite(
  client: Client,
  suite: LoadedSuite,
  options: RunSuiteOptions,
): Promise<FinishedSuite> {
  const dataset = suite.datasetFile;
  const pushed = dataset && (await pushDataset(client, dataset));
  // A run that is scored again is of its own version.
  const choice =
    options.draft?.rescoreOf === undefined ? await chooseVersion(client, suite, options.choice) : {};
  const datasetSlug = dataset?.slug ?? suite.spec.dataset;
  const stored = await client.putSuite({ ...suite.spec, suite: suite.slug, dataset: datasetSlug });
  const started = await startOrAdopt(client, {
    draft: { suite: suite.slug, ...choice, ...options.draft },
    suiteVersion: stored.version,
    dataset: datasetSlug,
  });
  const run = await followToVerdict(client, started.run, { ...options, isOurs: started.isOurs });
  const { passesMin, gate } = suite.spec;
  const { casesMax } = options;
  const hasGate = gate !== undefined;
  const source = { file: suite.path, suite: suite.slug, run, passesMin, hasGate, casesMax };
  const report = await gatherReport(client, source);
  return pushed?.dropped === undefined ? report : { ...report, notes: [pushed.dropped, ...report.notes] };
}

async function chooseVersion(
  client: Client,
  suite: LoadedSuite,
  choice: VersionChoice,
): Promise<{ version?: number; label?: string }> {
  if (choice.version !== undefined) return { version: choice.version };
  if (choice.label !== undefined) return { label: choice.label };
  const path = choice.promptFile ?? suite.promptFile;
  if (path === undefined) return {};
  const added = await putPromptVersion(client, suite.spec.prompt, await readPromptFile(path));
  invariant(added.version !== null, "only a dry run returns no version");
  return { version: added.version.version };
}

/** Waits for the incumbent's run too, when one was started alongside: the verdict compares the two. */
export async function followToVerdict(
  client: Client,
  started: Run,
  options: Pick<RunSuiteOptions, "signal" | "onProgress"> & { isOurs?: boolean },
): Promise<Run> {
  const { signal, onProgress, isOurs = true } = options;
  try {
    if (started.baselineRunId !== null && started.baselineRunId !== started.id) {
      const onBaseline = (run: Run) =>
        onProgress(run, `measuring version ${run.promptVersion} first, to compare with`);
      await followRun(client, started.baselineRunId, { signal, onProgress: onBaseline });
    }
    return await followRun(client, started.id, { signal, onProgress: (run) => onProgress(run) });
  } catch (error) {
    // Best effort: whoever interrupts the CLI wants the machine's time back, and the reason is the interruption.
    if (signal.aborted && isOurs) await client.cancelRun({ runId: started.id }).catch(() => undefined);
    throw error;
  }
}

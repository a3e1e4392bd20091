import { parentPort } from "node:worker_threads";
import type { CaseOutcome } from "@assay/core";
import {
  type JudgedMetric,
  judgeMetric,
  type MetricTask,
  type OutputToScore,
  type ScorerPorts,
  scoreOutput,
} from "@assay/evaluator";

/** An output with all that it is to be judged by. */
export type ScoringTask = Omit<OutputToScore, "ports">;

/** What is sent to the thread: a whole output, or what a single scorer makes of one. */
export type ThreadWork = { kind: "output"; task: ScoringTask } | { kind: "metric"; task: MetricTask };

/** What the thread says: that it listens, and then one result for each work. A bug of ours comes as its stack. */
export type ThreadAnswer = "ready" | { result: CaseOutcome | JudgedMetric } | { bug: string };

const UNASKED = {
  status: "failed",
  reason: "judges, embeddings, web hooks and scripts are asked in evaluations only",
} as const;

/** A look at an output costs nothing and reaches nobody: what would have to ask has no score. */
const PORTS: ScorerPorts = {
  ask: async () => UNASKED,
  embed: async () => UNASKED,
  send: async () => UNASKED,
  runScript: async () => UNASKED,
};

async function answerTo(work: ThreadWork): Promise<ThreadAnswer> {
  try {
    if (work.kind === "metric") return { result: await judgeMetric(work.task, PORTS) };
    return { result: await scoreOutput({ ...work.task, ports: PORTS }) };
  } catch (error) {
    return { bug: String(error instanceof Error ? error.stack : error) };
  }
}

const say = (answer: ThreadAnswer) => parentPort?.postMessage(answer);
parentPort?.on("message", async (work: ThreadWork) => say(await answerTo(work)));
say("ready");

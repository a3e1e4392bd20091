import { parentPort } from "node:worker_threads";
import type { CaseOutcome } from "@assay/core";
import { type OutputToScore, type ScorerPorts, scoreOutput } from "@assay/evaluator";

/** What is sent to the thread: an output with what it is to be judged by. */
export type ScoringTask = Omit<OutputToScore, "ports">;

/** What the thread says: that it listens, and then one outcome for each task. A bug of ours comes as its stack. */
export type ScoringAnswer = "ready" | { outcome: CaseOutcome } | { bug: string };

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

async function answerTo(task: ScoringTask): Promise<ScoringAnswer> {
  try {
    return { outcome: await scoreOutput({ ...task, ports: PORTS }) };
  } catch (error) {
    return { bug: String(error instanceof Error ? error.stack : error) };
  }
}

const say = (answer: ScoringAnswer) => parentPort?.postMessage(answer);
parentPort?.on("message", async (task: ScoringTask) => say(await answerTo(task)));
say("ready");

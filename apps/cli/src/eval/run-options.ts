import type { RunDraft, RunSelection } from "@assay/core";
import { type Command, InvalidArgumentError, Option } from "commander";
import { UsageError } from "../cli-error.ts";
import { parseCount, parseList } from "../parse-option.ts";
import type { LoadedSuite } from "./load-suite.ts";

/** Which cases a run is of, and how it is carried out. */
export interface RunOptions {
  tag?: string[];
  failingIn?: string;
  sample?: NonNullable<RunSelection["sample"]>;
  shard?: NonNullable<RunSelection["shard"]>;
  rescore?: string;
  /** Commander's form of --no-reuse. */
  reuse?: boolean;
  budget?: number;
  concurrency?: number;
  stopEarly?: boolean;
}

const MICROS_PER_UNIT = 1_000_000;
/** Options that `--pull-request`, whose verdict is the gate's, cannot take. */
const PARTIAL = ["tag", "failingIn", "sample", "shard", "rescore"] as const;

export function addRunOptions(command: Command): Command {
  return command
    .option(
      "--tag <a,b>",
      "only cases with one of these tags; a part is never evidence for a gate",
      parseList,
    )
    .option("--failing-in <run>", "only cases that did not pass in this run")
    .option("--sample <n[:seed]>", "only so many cases, the same ones for the same seed", parseSample)
    .option("--shard <i/n>", "only the i-th of n parts, which together are the whole", parseShard)
    .addOption(
      new Option("--rescore <run>", "score what this run stored, without asking the model").conflicts([
        ...PARTIAL.filter((name) => name !== "rescore"),
        "version",
        "label",
        "promptFile",
      ]),
    )
    .option("--no-reuse", "ask the model also where the very same request was answered before")
    .option(
      "--budget <amount>",
      "the most a run may spend, in the currency of the models' prices",
      parseMoney,
    )
    .option("--concurrency <n>", "cases in flight at once; found out by itself unless said", parseCount)
    .option("--stop-early", "end as soon as the gate is decided (the default when CI=true)")
    .option("--no-stop-early", "run every case");
}

/** What a suite's run is started with. */
export function runDraftOf(
  suite: LoadedSuite,
  options: RunOptions,
  isCi: boolean,
): Omit<RunDraft, "suite" | "version" | "label"> {
  const { tag: tags, failingIn, sample, shard, rescore: rescoreOf, reuse, budget, concurrency } = options;
  const selection = { tags, failingIn, sample, shard };
  const isPart = Object.values(selection).some((value) => value !== undefined);
  const canStop = suite.spec.gate !== undefined && !isPart && rescoreOf === undefined;
  // Asked for by name it is asked of the server too, which says why it cannot be.
  const stopEarly = options.stopEarly ?? (isCi && canStop);
  return {
    ...(isPart && { selection }),
    ...(rescoreOf !== undefined && { rescoreOf }),
    ...(reuse === false && { reuse: "never" as const }),
    ...(budget !== undefined && { budgetMicros: budget }),
    ...(concurrency !== undefined && { concurrency }),
    ...(stopEarly && { stopEarly }),
  };
}

/** @throws UsageError for a part of the cases where the gate in force is to judge. */
export function requireWhole(options: RunOptions): void {
  const given = PARTIAL.filter((name) => options[name] !== undefined);
  if (given.length > 0) throw new UsageError("With --pull-request the gate judges, which needs every case.");
}

function parseSample(text: string): NonNullable<RunOptions["sample"]> {
  const match = /^(\d{1,9})(?::(\d{1,9}))?$/.exec(text);
  if (match === null || Number(match[1]) < 1) {
    throw new InvalidArgumentError("Write how many, for example 100, or with a seed 100:7.");
  }
  return { cases: Number(match[1]), seed: Number(match[2] ?? 0) };
}

function parseShard(text: string): NonNullable<RunOptions["shard"]> {
  const match = /^(\d{1,3})\/(\d{1,3})$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index < 1 || index > count) {
    throw new InvalidArgumentError("Write which part of how many, for example 2/4.");
  }
  return { index, count };
}

function parseMoney(text: string): number {
  const micros = Math.floor(Number(text) * MICROS_PER_UNIT);
  if (!/^\d+(?:\.\d+)?$/.test(text) || micros < 1 || !Number.isSafeInteger(micros)) {
    throw new InvalidArgumentError("Write an amount of money, for example 0.50.");
  }
  return micros;
}

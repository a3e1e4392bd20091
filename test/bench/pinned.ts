import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

const canPin = availableParallelism() >= 2 && spawnSync("taskset", ["--version"]).status === 0;
const CORES = { measured: "0", load: "1" };

/**
 * A command on the core of what is measured, or on that of what makes the load, so that neither takes the other's
 * time. The command as it is where cores cannot be chosen.
 */
export function pinned(side: keyof typeof CORES, command: readonly string[]): [string, ...string[]] {
  const [program = "", ...rest] = command;
  return canPin ? ["taskset", "-c", CORES[side], program, ...rest] : [program, ...rest];
}

/** What the table's reader is told about it. */
export function describePinning(): string {
  return canPin ? "what is measured on one core, mock and clients on another" : "cores not pinned";
}

import type { ScorerPorts } from "../define-scorer.ts";

const unreachable = async () => ({ status: "failed" as const, reason: "nothing outside can be reached" });

/** For scorers that ask nothing, and to see what those that ask make of silence. */
export const NO_PORTS: ScorerPorts = {
  ask: unreachable,
  embed: unreachable,
  send: unreachable,
  runScript: unreachable,
};

import { type Engine, type EngineTarget, LIMITS } from "@assay/core";
import { ConnectionLimit } from "./connection-limit.ts";

/** How many connections' limits are remembered; idle ones go first. */
const REMEMBERED_MAX = 1_000;

const limitsOf = new WeakMap<Engine, Map<string, ConnectionLimit>>();

/** The limit of what answers at `target`, shared by all runs of this process that ask the same engine for it. */
export function connectionLimit(engine: Engine, target: EngineTarget): ConnectionLimit {
  let limits = limitsOf.get(engine);
  if (limits === undefined) {
    limits = new Map();
    limitsOf.set(engine, limits);
  }
  const name = target.kind === "local" ? `local/${target.modelSha256}` : `hosted/${target.connectionId}`;
  const limit = limits.get(name) ?? newLimit(target);
  limits.delete(name);
  limits.set(name, limit);
  if (limits.size > REMEMBERED_MAX) forgetIdle(limits);
  return limit;
}

/** A provider is approached with few; the local engine says itself how many it takes at a time. */
function newLimit({ kind }: EngineTarget): ConnectionLimit {
  const { runConcurrencyLocalMax, runConcurrencyMax, runConcurrencyStart } = LIMITS;
  return kind === "local"
    ? new ConnectionLimit({ start: runConcurrencyLocalMax, max: runConcurrencyLocalMax })
    : new ConnectionLimit({ start: runConcurrencyStart, max: runConcurrencyMax });
}

function forgetIdle(limits: Map<string, ConnectionLimit>): void {
  for (const [name, limit] of limits) {
    if (limits.size <= REMEMBERED_MAX) return;
    if (limit.isIdle) limits.delete(name);
  }
}

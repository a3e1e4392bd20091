import type { Client } from "@assay/client";

const PAUSE_MS = 5;

/** How long another tenant's small requests take, the slowest hundredth of them, in milliseconds. */
export interface NeighbourWatch {
  stop(): Promise<{ healthP99Ms: number; readP99Ms: number }>;
}

/** Asks for health and for a page of another tenant's prompts, one after the other, until stopped. */
export function watchNeighbour(url: string, client: Client): NeighbourWatch {
  const healthMs: number[] = [];
  const readMs: number[] = [];
  let isWatching = true;
  const watching = (async () => {
    while (isWatching) {
      healthMs.push(await timed(async () => (await fetch(`${url}/healthz`)).arrayBuffer()));
      readMs.push(await timed(() => client.listPrompts({})));
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  })();
  return {
    stop: async () => {
      isWatching = false;
      await watching;
      return { healthP99Ms: p99(healthMs), readP99Ms: p99(readMs) };
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
}

import type { Run } from "@assay/core";
import type { Sink } from "../output.ts";
import { printable } from "../printable.ts";

const BAR_WIDTH = 24;
const REDRAW_MS = 100;
const LINE_EVERY_MS = 5_000;
const ERASE_LINE = "\r\u001b[K";

/** Told of a run as it goes on, and what it is for where it is not the run that was asked for. */
export type OnProgress = (run: Run, purpose?: string) => void;

export interface Progress {
  update: OnProgress;
  /** Takes the bar away; what was written as lines stays. */
  clear(): void;
}

/**
 * Shows how far runs are: a bar that redraws itself for a person at a terminal, otherwise a line every few seconds.
 * `now` is a clock in milliseconds.
 */
export function createProgress(sink: Sink, now: () => number): Progress {
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let shownRunId = "";
  let startedAtMs = now();
  return {
    update(run, purpose) {
      if (run.id !== shownRunId) {
        shownRunId = run.id;
        startedAtMs = now();
        shownAtMs = Number.NEGATIVE_INFINITY;
      }
      const isDue = now() - shownAtMs >= (sink.isTty ? REDRAW_MS : LINE_EVERY_MS);
      if (!isDue) return;
      shownAtMs = now();
      const text = printable(
        progressText(run, { elapsedMs: now() - startedAtMs, withBar: sink.isTty, purpose }),
      );
      sink.write(sink.isTty ? `${ERASE_LINE}${text}` : `${text}\n`);
    },
    clear() {
      if (sink.isTty && shownRunId !== "") sink.write(ERASE_LINE);
    },
  };
}

interface Shown {
  elapsedMs: number;
  withBar: boolean;
  purpose: string | undefined;
}

function progressText(run: Run, { elapsedMs, withBar, purpose }: Shown): string {
  const { done, total } = run.progress;
  const share = total === 0 ? 0 : done / total;
  const name = `${run.suite} on ${run.prompt}@${run.promptVersion}${purpose === undefined ? "" : `, ${purpose}`}`;
  if (run.status === "queued") return `${name}: waiting to start`;
  const bar = withBar ? ` ${"█".repeat(Math.floor(share * BAR_WIDTH)).padEnd(BAR_WIDTH, "░")}` : "";
  return `${name}:${bar} ${done}/${total} (${Math.floor(share * 100)} %)${remaining(share, elapsedMs)}`;
}

function remaining(share: number, elapsedMs: number): string {
  if (share < 0.05 || share >= 1 || elapsedMs < 2_000) return "";
  return `, about ${Math.ceil((elapsedMs * (1 - share)) / share / 1_000)} s left`;
}

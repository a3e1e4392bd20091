import { expect, it } from "vitest";
import { openMemoryIo } from "../testing/memory-io.ts";
import { aRun } from "../testing/sample-report.ts";
import { createProgress } from "./progress.ts";

function watch(isTty: boolean) {
  const { stderr: sink, written } = openMemoryIo({ isTty });
  const clock = { nowMs: 0 };
  const progress = createProgress(sink, () => clock.nowMs);
  const at = (nowMs: number, done: number) => {
    clock.nowMs = nowMs;
    progress.update({ ...aRun(null), status: "running", progress: { total: 10, done } });
  };
  return { at, progress, written: () => written.stderr };
}

it("says of the incumbent's run that it comes first, and why", () => {
  const { stderr: sink, written } = openMemoryIo();
  const purpose = "measuring version 1 first, to compare with";
  createProgress(sink, () => 0).update({ ...aRun(null), status: "queued" }, purpose);
  expect(written.stderr).toBe(`triage on support@3, ${purpose}: waiting to start\n`);
});

it("writes a plain line every few seconds where nobody watches", () => {
  const { at, written, progress } = watch(false);
  for (const [nowMs, done] of [
    [0, 1],
    [1_000, 2],
    [4_999, 4],
    [5_000, 5],
  ] as const)
    at(nowMs, done);
  progress.clear();
  expect(written()).toBe(
    "triage on support@3: 1/10 (10 %)\ntriage on support@3: 5/10 (50 %), about 5 s left\n",
  );
});

it("redraws a bar for a person, and takes it away in the end", () => {
  const { at, written, progress } = watch(true);
  at(0, 5);
  progress.clear();
  expect(written()).toBe(
    `\r\u001b[Ktriage on support@3: ${"█".repeat(12)}${"░".repeat(12)} 5/10 (50 %)\r\u001b[K`,
  );
});

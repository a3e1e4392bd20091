import { Command } from "commander";
import { expect, it } from "vitest";
import type { LoadedSuite } from "./load-suite.ts";
import { addRunOptions, type RunOptions, requireWhole, runDraftOf } from "./run-options.ts";

const gated = { spec: { gate: { label: "production" } } } as unknown as LoadedSuite;
const ungated = { spec: {} } as unknown as LoadedSuite;

function parse(...args: string[]): RunOptions {
  const command = addRunOptions(new Command("eval")).exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  return command.parse(args, { from: "user" }).opts<RunOptions>();
}

const draft = (...args: string[]) => runDraftOf(ungated, parse(...args), false);

it("turns options into what a run is started with", () => {
  expect(draft()).toEqual({});
  expect(draft("--tag", "a,b", "--failing-in", "run_1")).toEqual({
    selection: { tags: ["a", "b"], failingIn: "run_1" },
  });
  expect(draft("--sample", "50")).toMatchObject({ selection: { sample: { cases: 50, seed: 0 } } });
  expect(draft("--sample", "50:7", "--shard", "2/4")).toMatchObject({
    selection: { sample: { cases: 50, seed: 7 }, shard: { index: 2, count: 4 } },
  });
  expect(draft("--rescore", "run_1", "--no-reuse")).toEqual({ rescoreOf: "run_1", reuse: "never" });
  expect(draft("--budget", "0.50", "--concurrency", "64")).toEqual({
    budgetMicros: 500_000,
    concurrency: 64,
  });
});

it("refuses what is no number of cases, no part and no money", () => {
  for (const args of [
    ["--sample", "0"],
    ["--sample", "many"],
    ["--shard", "0/4"],
    ["--shard", "5/4"],
    ["--budget", "0"],
    ["--budget", "1e3"],
    ["--rescore", "run_1", "--tag", "a"],
  ]) {
    expect(() => parse(...args), args.join(" ")).toThrow();
  }
});

it("stops early in CI where there is a gate and the run is whole, unless told otherwise", () => {
  const stops = (suite: LoadedSuite, isCi: boolean, ...args: string[]) =>
    runDraftOf(suite, parse(...args), isCi).stopEarly ?? false;
  expect(stops(gated, true)).toBe(true);
  expect(stops(gated, false)).toBe(false);
  expect(stops(gated, false, "--stop-early")).toBe(true);
  expect(stops(gated, true, "--no-stop-early")).toBe(false);
  expect(stops(gated, true, "--tag", "a")).toBe(false);
  expect(stops(gated, true, "--rescore", "run_1")).toBe(false);
  expect(stops(ungated, true)).toBe(false);
});

it("keeps parts of the cases away from a pull request's verdict", () => {
  expect(() => requireWhole(parse("--tag", "a"))).toThrow("every case");
  expect(() => requireWhole(parse("--budget", "1"))).not.toThrow();
});

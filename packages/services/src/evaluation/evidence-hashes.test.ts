import { SuiteSpec } from "@assay/core";
import { expect, test } from "vitest";
import type { Platform } from "../context.ts";
import { changedHashes, type EvidenceParts, evidenceHashes } from "./evidence-hashes.ts";

const HASH = (digit: string) => digit.repeat(64);
const PLATFORM = { engineBuildOf: () => "build 1" } as Partial<Platform> as Platform;
const SPEC = SuiteSpec.parse({
  prompt: "p",
  dataset: "d",
  scorers: [{ type: "is-json" }],
  gate: { minCases: 1 },
});

/** Only what the hashes are taken of. */
function partsWith(
  spec: SuiteSpec,
  change: { model?: string; adapter?: string; dataset?: string; version?: string; judges?: string } = {},
) {
  return {
    promptVersion: { contentSha256: change.version ?? HASH("1"), adapterSha256: change.adapter ?? HASH("2") },
    suiteVersion: { spec },
    datasetVersion: { contentSha256: change.dataset ?? HASH("3") },
    model: { kind: "local", sha256: change.model ?? HASH("4") },
    judges: change.judges ?? null,
  } as unknown as EvidenceParts;
}

const now = evidenceHashes(PLATFORM, partsWith(SPEC));

test.each([
  ["repeats", { repeats: 2 }, ["suite"]],
  ["the mark that a case passes at", { passScore: 0.5 }, ["suite"]],
  ["a scorer's weight", { scorers: [{ ...SPEC.scorers[0], weight: 2 }] }, ["suite"]],
  ["the gate's policy alone", { gate: { ...SPEC.gate, minCases: 99 } }, []],
] as const)("%s changes what evidence must name accordingly", (_, change, changed) => {
  const spec = SuiteSpec.parse({ ...SPEC, ...change });
  expect(changedHashes(now, evidenceHashes(PLATFORM, partsWith(spec)))).toEqual(
    expect.arrayContaining([...changed]),
  );
  if (changed.length === 0) expect(changedHashes(now, evidenceHashes(PLATFORM, partsWith(spec)))).toEqual([]);
});

test("another version, adapter, dataset, model or engine build is named for what it is", () => {
  const nowOf = (change: Parameters<typeof partsWith>[1]) =>
    changedHashes(now, evidenceHashes(PLATFORM, partsWith(SPEC, change)));
  expect(nowOf({ version: HASH("9") })).toEqual(["promptVersion"]);
  expect(nowOf({ adapter: HASH("9") })).toEqual(["adapter"]);
  expect(nowOf({ judges: HASH("9") })).toEqual(["judges"]);
  expect(nowOf({ dataset: HASH("9") })).toEqual(["dataset"]);
  expect(nowOf({ model: HASH("9") })).toEqual(["model"]);
  const newer = { engineBuildOf: () => "build 2" } as Partial<Platform> as Platform;
  expect(changedHashes(now, evidenceHashes(newer, partsWith(SPEC)))).toEqual(["engineBuild"]);
});

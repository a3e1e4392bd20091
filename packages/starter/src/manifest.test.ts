import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { findFileFaults, STARTER_FILES } from "./manifest.ts";
import { STARTER } from "./starter.ts";

const MEGABYTE = 1_000_000;
const KILOBYTE = 1_000;

test("every shipped file has the hash and size that the manifest says", () => {
  expect(findFileFaults()).toEqual([]);
});

test("the base is at most 6 MB and every adapter under 400 kB", () => {
  const [base, ...adapters] = STARTER_FILES;
  expect(base?.bytes).toBeLessThanOrEqual(6 * MEGABYTE);
  expect(adapters).toHaveLength(2);
  for (const adapter of adapters) expect(adapter.bytes).toBeLessThan(400 * KILOBYTE);
});

test("every adapter was trained on the shipped base", () => {
  const [base, ...adapters] = STARTER_FILES;
  expect(adapters.map((adapter) => adapter.baseSha256)).toEqual([base?.sha256, base?.sha256]);
});

test("every path that the starter describes is a file", () => {
  const paths = [
    STARTER.model.path,
    STARTER.baseDatasetPath,
    ...STARTER.tenants.flatMap((tenant) => [
      tenant.adapter.path,
      tenant.dataset.path,
      tenant.suite.path,
      ...tenant.prompt.versionPaths,
    ]),
  ];
  for (const path of paths) expect(statSync(path).isFile(), path).toBe(true);
});

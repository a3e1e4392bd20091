import { describe } from "vitest";
import { openTestPlatform, type TestPlatform } from "./open-test-platform.ts";

const DIALECTS = ["sqlite", "postgres"] as const;

/** Runs a group of tests on both dialects. `open` gives a fresh platform for each call. */
export function describeEachPlatform(
  name: string,
  define: (open: () => Promise<TestPlatform>) => void,
): void {
  describe.each(DIALECTS)(`${name} (%s)`, (dialect) => define(() => openTestPlatform(dialect)));
}

import { describe } from "vitest";
import type { Dialect } from "../kit.ts";
import { openTestStore, type TestStore } from "./open-test-store.ts";

const DIALECTS: readonly Dialect[] = ["sqlite", "postgres"];

/** Runs a group of tests on both dialects. `open` gives a fresh store for each call. */
export function describeEachStore(
  name: string,
  define: (open: () => Promise<TestStore>, dialect: Dialect) => void,
): void {
  describe.each(DIALECTS)(`${name} (%s)`, (dialect) => define(() => openTestStore(dialect), dialect));
}

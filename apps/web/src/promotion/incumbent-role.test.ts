import type { Label, LabelStanding } from "@assay/core";
import { expect, test } from "vitest";
import { incumbentRole } from "./incumbent-role.ts";

const holding = (kind: LabelStanding["kind"]) => ({ present: { version: 3, standing: { kind } } as Label });

test("only what the label holds is called in use", () => {
  expect(incumbentRole(holding("proven"), 3)).toBe("inUse");
  expect(incumbentRole(holding("rolled_back"), 3)).toBe("inUse");
  expect(incumbentRole(holding("rolled_back"), 4)).toBe("lastPromoted");
});

test("a version is called nothing where it cannot be told", () => {
  expect(incumbentRole(holding("overridden"), 4)).toBeUndefined();
  expect(incumbentRole({ present: null }, 4)).toBeUndefined();
});

import type { LabelMove } from "@assay/core";
import { expect, test } from "vitest";
import { rollbackTargets } from "./rollback-targets.ts";

const move = (id: string, toVersion: number, kind: LabelMove["kind"]): LabelMove =>
  ({ id, toVersion, kind }) as LabelMove;

test("every version that held the label in its own right is offered once, save the one that holds it", () => {
  const moves = [
    move("e", 4, "gate"),
    move("d", 3, "override"),
    move("c", 2, "rollback"),
    move("b", 1, "gate"),
    move("a", 2, "unprotected"),
  ];
  expect([...rollbackTargets(moves, 4)]).toEqual(["c", "b"]);
});

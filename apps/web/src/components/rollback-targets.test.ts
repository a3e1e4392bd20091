import type { LabelMove } from "@assay/core";
import { expect, test } from "vitest";
import { rollbackTargets, stepBackAmong } from "./rollback-targets.ts";

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

test("one step back is to what the label held before the present version came, also after a rollback", () => {
  const moves = [move("c", 3, "gate"), move("b", 2, "gate"), move("a", 1, "unprotected")];
  expect(stepBackAmong(moves, 3)).toBe(2);
  expect(stepBackAmong([move("d", 2, "rollback"), ...moves], 2)).toBe(1);
  expect(stepBackAmong([move("e", 1, "rollback"), ...moves], 1)).toBeUndefined();
});

test("one step back comes to an end also where a version came twice", () => {
  const moves = [
    move("d", 2, "gate"),
    move("c", 3, "gate"),
    move("b", 2, "gate"),
    move("a", 1, "unprotected"),
  ];
  const held = [2];
  for (let back = stepBackAmong(moves, 2); back !== undefined; back = stepBackAmong(moves, back)) {
    held.push(back);
    moves.unshift(move(`${held.length}`, back, "rollback"));
  }
  expect(held).toEqual([2, 3, 2, 1]);
});

test("out of an override one step back is to what it replaced", () => {
  const moves = [move("c", 4, "override"), move("b", 2, "rollback"), move("a", 3, "gate")];
  expect(stepBackAmong(moves, 4)).toBe(2);
  expect(stepBackAmong([], null)).toBeUndefined();
});

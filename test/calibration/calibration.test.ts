import { createHash } from "node:crypto";
import { GatePolicy } from "@assay/core";
import { describe, expect, test } from "vitest";
import { decideGate, seededRandom } from "../../packages/evaluator/src/index.ts";
import { QUICK_CELLS } from "./cells.ts";
import { Draws } from "./draws.ts";
import { faultsOf, simulateCell } from "./simulate-cell.ts";

describe("T63: the gate, on promotions drawn by chance", () => {
  test.each(QUICK_CELLS.map((cell) => ({ name: cell.name, cell })))(
    "errs as rarely as it says: $name",
    ({ cell }) => {
      const result = simulateCell(cell, 500);
      // With few groups an interval that cannot miss a group which fails as a whole is wider than 95 % needs.
      const known = cell.world.perGroup > 1 ? ["coverage above 97 %"] : [];
      expect(faultsOf(result).filter((fault) => !known.includes(fault))).toEqual([]);
      if (cell.promotion === "wrong") expect(result.errors.share).toBeLessThan(result.naiveMean + 0.05);
    },
  );

  test("gives the same verdicts to the last character, on every machine", () => {
    const policy = GatePolicy.parse({
      minScore: { score: 0.7 },
      maxRegression: 0.05,
      minImprovement: 0,
      minCases: 10,
    });
    const hash = createHash("sha256");
    for (const isGraded of [false, true]) {
      const world = { ...QUICK_CELLS[0]!.world, cases: 60, perGroup: 3, alike: 0.4, isGraded };
      const draws = new Draws(world, seededRandom("golden"));
      for (let index = 0; index < 50; index++) {
        draws.next();
        const { candidate, incumbent } = draws;
        hash.update(
          JSON.stringify(decideGate({ policy, candidate, incumbent, incumbentVersion: 1, judges: [] })),
        );
      }
    }
    expect(hash.digest("hex")).toBe("b417369e9e5041bca27d4161561159028b362be000156216830b7f9843195f00");
  });
});

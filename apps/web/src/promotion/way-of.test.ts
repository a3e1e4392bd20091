import type { Promotion, VerdictClause } from "@assay/core";
import { expect, test } from "vitest";
import { wayOf } from "./way-of.ts";

const clause = (name: VerdictClause["clause"], outcome: VerdictClause["outcome"]): VerdictClause => ({
  clause: name,
  outcome,
  value: null,
  bound: null,
  message: "",
});

function promotion(clauses: VerdictClause[] | null, changeRequest: object | null = null): Promotion {
  const failed = clauses?.some(({ outcome }) => outcome !== "pass") === true;
  const verdict = clauses && { outcome: failed ? "fail" : "pass", clauses };
  return { gate: clauses && {}, verdict, changeRequest } as unknown as Promotion;
}

const admin = { promote: true, edit: true, override: true };
const promoter = { promote: true, edit: false, override: false };
const editor = { promote: false, edit: true, override: false };
const viewer = { promote: false, edit: false, override: false };

test("what passes is promoted by who may, and proposed by who may not", () => {
  const passing = promotion([clause("evidence", "pass")]);
  expect(wayOf(passing, promoter)).toMatchObject({ canPromote: true, canPropose: false, reason: "passes" });
  expect(wayOf(passing, editor)).toMatchObject({ canPromote: null, canPropose: true, reason: "propose" });
  expect(wayOf(passing, viewer)).toMatchObject({ canPromote: null, canPropose: false, reason: "readOnly" });
});

test("what the gate refuses cannot be promoted, and only who may override is offered that", () => {
  const refused = promotion([clause("minScore", "fail")]);
  expect(wayOf(refused, promoter)).toEqual({
    canPromote: false,
    canPropose: false,
    canOverride: false,
    reason: "refused",
  });
  expect(wayOf(refused, admin)).toMatchObject({ canPromote: false, canOverride: true });
  expect(wayOf(promotion([clause("minScore", "pass")]), admin)).toMatchObject({ canOverride: false });
});

test("what lacks an approval alone is proposed, once", () => {
  const clauses = [clause("evidence", "pass"), clause("approval", "fail")];
  expect(wayOf(promotion(clauses), admin)).toMatchObject({ canPropose: true, reason: "needsApproval" });
  expect(wayOf(promotion(clauses, {}), admin)).toMatchObject({ canPropose: false, reason: "needsApproval" });
  expect(wayOf(promotion(clauses, {}), editor)).toMatchObject({ canPropose: false, reason: "proposed" });
});

test("a label without a gate takes any version", () => {
  expect(wayOf(promotion(null), promoter)).toMatchObject({ canPromote: true, reason: "noGate" });
});

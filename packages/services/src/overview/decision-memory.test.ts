import { LIMITS } from "@assay/core";
import { expect, test } from "vitest";
import { keepDecision, recallDecision } from "./decision-memory.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const FORESEEN = { passes: true, isMeasured: true };
const later = (ms: number) => new Date(NOW.getTime() + ms);

test("what a gate would say is remembered for a while, and for its tenant alone", () => {
  keepDecision("airline", "a", { ...FORESEEN, now: NOW });
  expect(recallDecision("airline", "a", later(LIMITS.overviewDecisionKeepMs - 1))).toEqual(FORESEEN);
  expect(recallDecision("airline", "a", later(LIMITS.overviewDecisionKeepMs))).toBeUndefined();
  expect(recallDecision("bank", "a", NOW)).toBeUndefined();
});

test("a tenant that asks for too much pushes out its own oldest, and nobody else's", () => {
  const max = LIMITS.overviewDecisionsKeptPerTenantMax;
  keepDecision("bank", "theirs", { ...FORESEEN, now: NOW });
  for (let index = 0; index <= max; index += 1)
    keepDecision("rail", `decision ${index}`, { ...FORESEEN, now: NOW });
  const known = Array.from({ length: max + 1 }, (_, index) =>
    recallDecision("rail", `decision ${index}`, NOW),
  );
  expect(known.map((each) => each !== undefined)).toEqual([false, ...Array(max).fill(true)]);
  expect(recallDecision("bank", "theirs", NOW)).toEqual(FORESEEN);
});

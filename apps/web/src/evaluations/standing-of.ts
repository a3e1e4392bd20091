import type { ComparedRun } from "@assay/core";
import type { Tone } from "../components/badge.tsx";
import { sureChange } from "./sure-change.ts";

type Measured = Pick<ComparedRun, "deltas" | "dominated" | "costPerCaseMicros" | "latencyP95Ms">;

interface Standing {
  word: ComparedRun["dominated"] | "cheaperButWorse" | "fasterButWorse" | "worse";
  tone: Extract<Tone, "good" | "warn" | "bad">;
}

const TONES = { no: "good", maybe: "warn", yes: "bad" } as const;

/**
 * Is a run worth it beside the base? One that is surely worse was "not beaten" for its price alone; it is called by what
 * it has to offer instead, if anything.
 */
export function standingOf(run: Measured, base: Measured): Standing {
  const { dominated } = run;
  if (dominated === "yes" || sureChange(run) !== "surelyWorse")
    return { word: dominated, tone: TONES[dominated] };
  if (isLess(run.costPerCaseMicros, base.costPerCaseMicros)) return { word: "cheaperButWorse", tone: "warn" };
  if (isLess(run.latencyP95Ms, base.latencyP95Ms)) return { word: "fasterButWorse", tone: "warn" };
  return { word: "worse", tone: "bad" };
}

function isLess(value: number | null, than: number | null): boolean {
  return value !== null && than !== null && value < than;
}

import { type Gate, invariant } from "@assay/core";
import { explainGate } from "@assay/evaluator";
import type { GateInForce } from "@assay/store";

export function viewGate(
  promptSlug: string,
  { gate, suiteVersion, suiteSlug, datasetVersion }: GateInForce,
): Gate {
  const policy = suiteVersion.spec.gate;
  invariant(policy !== undefined, "a gate names a suite version with a gate block");
  return {
    prompt: promptSlug,
    label: gate.label,
    suite: suiteSlug,
    suiteVersion: suiteVersion.version,
    dataset: suiteVersion.spec.dataset,
    datasetVersion: datasetVersion.version,
    policy,
    explanation: explainGate(policy, suiteVersion.spec.scorers),
    updatedAt: gate.updatedAt.toISOString(),
  };
}

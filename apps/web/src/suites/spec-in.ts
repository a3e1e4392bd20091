import type { SuiteSpec } from "@assay/core";

/** A suite in a text; undefined while the text has not the shape of one. Its content is the server's to check. */
export function specIn(text: string): SuiteSpec | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("scorers" in value)) return undefined;
  const spec = value as SuiteSpec;
  if (typeof spec.prompt !== "string" || typeof spec.dataset !== "string") return undefined;
  if (!Array.isArray(spec.scorers) || !spec.scorers.every(isUse)) return undefined;
  return {
    ...spec,
    repeats: spec.repeats ?? 1,
    passScore: spec.passScore ?? 1,
    scorers: spec.scorers.map((use) => ({ ...use, weight: use.weight ?? 1, options: use.options ?? {} })),
    ...(spec.gate !== undefined && {
      gate: { ...GATE_DEFAULTS, ...spec.gate, noFlips: spec.gate.noFlips ?? [] },
    }),
  };
}

const GATE_DEFAULTS = { label: "production", minCases: 30, maxErrors: 0 };

function isUse(use: unknown): boolean {
  return typeof use === "object" && use !== null && "type" in use && typeof use.type === "string";
}

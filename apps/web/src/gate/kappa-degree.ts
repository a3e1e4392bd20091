/** How far agreement goes beyond chance, in a word: κ means little to who has not met it. */
export type KappaDegree = "none" | "slight" | "fair" | "good" | "strong";

const STEPS: [from: number, degree: KappaDegree][] = [
  [0.8, "strong"],
  [0.6, "good"],
  [0.4, "fair"],
  [0.2, "slight"],
];

export function kappaDegree(kappa: number | null): KappaDegree {
  return STEPS.find(([from]) => kappa !== null && kappa >= from)?.[1] ?? "none";
}

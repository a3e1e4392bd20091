/**
 * How far agreement goes beyond chance, in the words of Landis and Koch (1977, "The measurement of observer agreement
 * for categorical data", Biometrics 33, page 165): κ means little to who has not met it.
 */
export type KappaDegree = "poor" | "slight" | "fair" | "moderate" | "substantial" | "almostPerfect";

/** The last κ of a band belongs to it: 0.60 is moderate still. */
const STEPS: [above: number, degree: KappaDegree][] = [
  [0.8, "almostPerfect"],
  [0.6, "substantial"],
  [0.4, "moderate"],
  [0.2, "fair"],
];

export function kappaDegree(kappa: number): KappaDegree {
  const step = STEPS.find(([above]) => kappa > above);
  return step?.[1] ?? (kappa < 0 ? "poor" : "slight");
}

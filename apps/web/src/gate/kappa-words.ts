import { type KappaDegree, kappaDegree } from "./kappa-degree.ts";

/** A degree of Landis and Koch, by the lower end of what the labels allow. */
export type KappaWord = "unknown" | KappaDegree;

/** The careful word: what can be said with 95 % confidence, not what the labels happen to show. */
export function kappaWord({ lower }: { lower: number | null }): KappaWord {
  return lower === null ? "unknown" : kappaDegree(lower);
}

/** How far agreement goes beyond chance, by the lower end of what the labels allow. */
export type KappaWord = "unknown" | "none" | "slight" | "fair" | "good" | "strong";

const STEPS: [from: number, word: KappaWord][] = [
  [0.8, "strong"],
  [0.6, "good"],
  [0.4, "fair"],
  [0.2, "slight"],
];

/** The careful word: what can be said with 95 % confidence, not what the labels happen to show. */
export function kappaWord({ lower }: { lower: number | null }): KappaWord {
  if (lower === null) return "unknown";
  return STEPS.find(([from]) => lower >= from)?.[1] ?? "none";
}

const TICKS_MAX = 5;

/** Round numbers from nothing to at least `most`, in steps of 1, 2 or 5 times a power of ten. */
export function axisTicks(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / (TICKS_MAX - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  // Counted and not added up, so that a tick is the number it says.
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) => index * step);
}

import { Z_95 } from "./student-t.ts";

/** Bounds of a share, in 0..1. */
export interface ShareBounds {
  lower: number;
  upper: number;
}

/**
 * Wilson's score interval (95 % unless `z` says otherwise) of a share `share` seen in `count` independent trials; `count` may be an effective,
 * fractional number. Never leaves 0..1 and is never empty, also at shares of 0 and 1.
 *
 * Wilson, JASA 22 (1927); recommended over Wald's by Brown, Cai & DasGupta, Statistical Science 16 (2001).
 */
export function wilsonInterval(share: number, count: number, z: number = Z_95): ShareBounds {
  const z2 = z ** 2;
  const center = (share + z2 / (2 * count)) / (1 + z2 / count);
  const half = (z / (1 + z2 / count)) * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count ** 2));
  return {
    lower: share === 0 ? 0 : Math.max(0, center - half),
    upper: share === 1 ? 1 : Math.min(1, center + half),
  };
}

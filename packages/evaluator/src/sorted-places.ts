import type { Pause } from "./summary-columns.ts";

/** So many are sorted in a millisecond or two. */
const RUN_LENGTH = 2_048;
const MERGED_PER_PAUSE = 16_384;

/** The places of the keys in the order of the keys, by merge sort with pauses: a hundred thousand hold nobody up. */
export async function sortedPlaces(keys: readonly string[], pause: Pause): Promise<Uint32Array> {
  const isBefore = (a: number, b: number) => (keys[a] ?? "") < (keys[b] ?? "");
  let places = Uint32Array.from(keys.keys());
  for (let start = 0; start < keys.length; start += RUN_LENGTH) {
    places.subarray(start, start + RUN_LENGTH).sort((a, b) => (isBefore(a, b) ? -1 : 1));
    if (start > 0) await pause();
  }
  for (let length = RUN_LENGTH; length < keys.length; length *= 2) {
    const merged = new Uint32Array(keys.length);
    let at = 0;
    for (const place of mergedRuns(places, length, isBefore)) {
      merged[at++] = place;
      if (at % MERGED_PER_PAUSE === 0) await pause();
    }
    places = merged;
  }
  return places;
}

type Before = (a: number, b: number) => boolean;

/** Neighbouring runs of `length` sorted places, merged two by two. */
function* mergedRuns(places: Uint32Array, length: number, isBefore: Before): Generator<number> {
  for (let start = 0; start < places.length; start += 2 * length) {
    const runs = places.subarray(start, start + 2 * length);
    yield* merged(runs.subarray(0, length), runs.subarray(length), isBefore);
  }
}

function* merged(left: Uint32Array, right: Uint32Array, isBefore: Before): Generator<number> {
  let taken = 0;
  for (const place of left) {
    for (; taken < right.length && isBefore(right[taken] ?? 0, place); taken++) yield right[taken] ?? 0;
    yield place;
  }
  yield* right.subarray(taken);
}

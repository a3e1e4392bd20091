import { expect, test } from "vitest";
import { sortedPlaces } from "./sorted-places.ts";

test("places are in the order of their keys, with pauses, however many there are", async () => {
  for (const count of [0, 1, 2_048, 2_049, 9_001, 40_000]) {
    const keys = Array.from({ length: count }, (_, n) => `key-${(n * 7_919) % 40_009}`);
    let pauses = 0;
    const places = await sortedPlaces(keys, async () => {
      pauses += 1;
    });
    expect(Array.from(places, (place) => keys[place])).toEqual(keys.toSorted());
    expect(pauses).toBeGreaterThanOrEqual(Math.ceil(count / 2_048) - 1);
  }
});

import { expect, test } from "vitest";
import { AskingPlaces } from "./asking-places.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));
const never = new AbortController().signal;

test("no more hold a place than there are, and who waited longest is next", async () => {
  const places = new AskingPlaces(2);
  const cases = [1, 2, 3, 4].map(() => places.open());
  const entered: number[] = [];
  cases.forEach((place, index) => void place.take(never).then(() => entered.push(index)));
  await turn();
  expect(entered).toEqual([0, 1]);
  cases[1]?.leave();
  await turn();
  expect(entered).toEqual([0, 1, 2]);
});

test("a case holds one place however often it asks, and gives it back once", async () => {
  const places = new AskingPlaces(1);
  const [first, second, third] = [places.open(), places.open(), places.open()];
  await first.take(never);
  await first.take(never);
  first.leave();
  first.leave();
  await second.take(never);
  let hasEntered = false;
  void third.take(never).then(() => {
    hasEntered = true;
  });
  await turn();
  expect(hasEntered).toBe(false);
  second.leave();
  await turn();
  expect(hasEntered).toBe(true);
});

test("a case that never asked gives nothing back", async () => {
  const places = new AskingPlaces(1);
  await places.open().take(never);
  places.open().leave();
  let hasEntered = false;
  void places
    .open()
    .take(never)
    .then(() => {
      hasEntered = true;
    });
  await turn();
  expect(hasEntered).toBe(false);
});

test("who waits is let go with the reason when the run is stopped", async () => {
  const places = new AskingPlaces(1);
  const stop = new AbortController();
  await places.open().take(stop.signal);
  const waiting = [places.open(), places.open()].map((place) => place.take(stop.signal));
  stop.abort(new Error("enough"));
  for (const one of waiting) await expect(one).rejects.toThrow("enough");
  await expect(places.open().take(stop.signal)).rejects.toThrow("enough");
});

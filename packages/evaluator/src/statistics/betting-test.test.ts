import { expect, test } from "vitest";
import { BettingTest } from "./betting-test.ts";

const coin = () => new BettingTest({ side: "above", bound: 0.5, range: { min: 0, max: 1 }, countMax: 1 });

test("the capital is the mean of all bettors', not the best one's", () => {
  const bets = coin();
  bets.add({ sum: 1, count: 1 });
  // Every bettor wins its stake; the stakes add up to 3.78.
  expect(Math.exp(bets.peak)).toBeCloseTo(1 + 3.78 / 12, 12);
});

test("of all sequences of fair coins no greater share than α ever reaches 1/α", () => {
  const tosses = 12;
  const peaks = Array.from({ length: 2 ** tosses }, (_, sequence) => {
    const bets = coin();
    for (let toss = 0; toss < tosses; toss++) bets.add({ sum: (sequence >> toss) & 1, count: 1 });
    return bets.peak;
  });
  for (const chance of [0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.025]) {
    const reached = peaks.filter((peak) => peak >= -Math.log(chance)).length;
    expect(reached / peaks.length).toBeLessThanOrEqual(chance);
  }
});

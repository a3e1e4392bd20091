import { expect, test } from "vitest";
import { ThroughputMeter } from "./throughput-meter.ts";

test("the advice follows what requests really took, within bounds", () => {
  const meter = new ThroughputMeter();
  expect(meter.retryAfterMs(8, 4)).toBe(2_000);
  meter.record(100);
  expect(meter.retryAfterMs(64, 8)).toBe(800);
  for (let round = 0; round < 50; round++) meter.record(500);
  expect(meter.retryAfterMs(64, 8)).toBeGreaterThan(3_900);
  expect(meter.retryAfterMs(1, 8)).toBe(250);
  expect(meter.retryAfterMs(10_000_000, 1)).toBe(60_000);
});

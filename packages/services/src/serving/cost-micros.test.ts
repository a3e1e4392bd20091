import type { Price, TokenUsage } from "@assay/core";
import { describe, expect, test } from "vitest";
import { costMicros } from "./cost-micros.ts";

const price = (inputMicrosPerMillion: number, outputMicrosPerMillion: number): Price => ({
  inputMicrosPerMillion,
  outputMicrosPerMillion,
});
const usage = (promptTokens: number, completionTokens: number): TokenUsage => ({
  promptTokens,
  completionTokens,
});

describe("the cost of a request", () => {
  test.each<[what: string, of: [price: Price | null, usage: TokenUsage | undefined], cost: number | null]>([
    [
      "adds what went in and what came out, each at its price",
      [price(2_000_000, 6_000_000), usage(10, 5)],
      50,
    ],
    ["is rounded up to a whole micro-unit", [price(1, 0), usage(1, 0)], 1],
    ["is rounded up once and not for each part", [price(500_000, 500_000), usage(1, 1)], 1],
    ["is not rounded where it is whole", [price(1_000_000, 0), usage(7, 100)], 7],
    ["is nothing where the price is nothing", [price(0, 0), usage(1_000, 1_000)], 0],
    ["is nothing where nothing was used", [price(1_000, 1_000), usage(0, 0)], 0],
    ["is unknown without a price", [null, usage(10, 5)], null],
    ["is unknown without the usage, even at no price", [price(0, 0), undefined], null],
    // The product is 10^18 + 1, which a double takes for 10^18.
    [
      "is exact past what a double can count",
      [price(999_999_000_001, 0), usage(1_000_001, 0)],
      1_000_000_000_001,
    ],
  ])("%s", (_, of, cost) => {
    expect(costMicros(...of)).toBe(cost);
  });
});

import { expect, test } from "vitest";
import { BoundedCache } from "./bounded-cache.ts";

test("a cache makes a thing once and forgets what was used longest ago", () => {
  const cache = new BoundedCache<string>(10);
  const made: string[] = [];
  const get = (text: string) =>
    cache.getOrMake(text, () => {
      made.push(text);
      return text.toUpperCase();
    });
  expect([get("aaaa"), get("bbbb"), get("aaaa")]).toEqual(["AAAA", "BBBB", "AAAA"]);
  get("cccc");
  get("aaaa");
  get("bbbb");
  expect(made).toEqual(["aaaa", "bbbb", "cccc", "bbbb"]);
});

test("a cache never holds more than its bound", () => {
  const cache = new BoundedCache<number>(100);
  for (let index = 0; index < 1_000; index++) cache.getOrMake(`key-${index}`, () => index);
  cache.getOrMake("x".repeat(101), () => 0);
  expect(cache.chars).toBeLessThanOrEqual(100);
  expect(cache.chars).toBeGreaterThan(80);
});

test("a cache keeps nothing of what could not be made", () => {
  const cache = new BoundedCache<number>(100);
  const failing = () => {
    throw new Error("no");
  };
  expect(() => cache.getOrMake("a", failing)).toThrow("no");
  expect(cache.getOrMake("a", () => 1)).toBe(1);
});

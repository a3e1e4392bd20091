import { expect, test } from "vitest";
import { TextEmitter } from "./text-emitter.ts";

/** Feeds the pieces and gathers what came out, piece by piece. */
function emitted(stops: string[], pieces: string[]): { parts: string[]; stopped: boolean } {
  const emitter = new TextEmitter(stops);
  const parts = pieces.map((piece) => emitter.push(piece));
  return { parts: [...parts, emitter.end()], stopped: emitter.stopped };
}

test("without stop sequences text passes at once", () => {
  expect(emitted([], ["one ", "two"]).parts).toEqual(["one ", "two", ""]);
});

test("a stop sequence split over pieces is never seen, nor anything after it", () => {
  const { parts, stopped } = emitted(["END"], ["say E", "N", "D and more", "even more"]);
  expect(parts.join("")).toBe("say ");
  expect(stopped).toBe(true);
});

test("what only looked like a stop sequence comes out as soon as that is certain", () => {
  expect(emitted(["END"], ["a E", "N", "x", "EN"]).parts).toEqual(["a ", "", "ENx", "", "EN"]);
});

test("every way to split a text gives the same result", () => {
  const text = "aab aabaac and the rest";
  for (let first = 0; first <= text.length; first++)
    for (let second = first; second <= text.length; second++) {
      const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
      expect(emitted(["aac", "zzz"], pieces)).toMatchObject({ stopped: true });
      expect(emitted(["aac", "zzz"], pieces).parts.join("")).toBe("aab aab");
    }
});

test("the earliest of several stop sequences counts", () => {
  expect(emitted(["three", "two"], ["one two three"]).parts.join("")).toBe("one ");
});

import { expect, test } from "vitest";
import { isNotes, NO_NOTES, withNote } from "./kept-notes.ts";

test("each output has its own note, and an empty one is none", () => {
  const notes = withNote(withNote(NO_NOTES, "a", "odd"), "b", "fine");
  expect(notes).toEqual({ a: "odd", b: "fine" });
  expect(withNote(notes, "a", "")).toEqual({ b: "fine" });
});

test("notes do not pile up in the browser", () => {
  let notes = NO_NOTES;
  for (let n = 0; n < 150; n += 1) notes = withNote(notes, `i${n}`, "x");
  expect(Object.keys(notes)).toHaveLength(100);
  expect(notes).toHaveProperty("i149");
});

test("what a browser kept is taken only where it is notes", () => {
  expect(isNotes({ a: "x" })).toBe(true);
  for (const value of [null, [], { a: 1 }]) expect(isNotes(value)).toBe(false);
});

import { expect, test } from "vitest";
import { columnsOf } from "./columns-of.ts";

const labels = ["production"];

test("a draft is tried beside what is in production, once both are known", () => {
  expect(columnsOf(undefined, { draftAt: "3", labels })).toEqual([
    { at: "production" },
    { at: "3", edit: "draft" },
  ]);
  expect(columnsOf(undefined, { draftAt: undefined, labels })).toEqual([]);
  expect(columnsOf(undefined, { draftAt: null, labels: undefined })).toEqual([]);
  expect(columnsOf(undefined, { draftAt: null, labels: [] })).toEqual([{ at: "latest" }]);
});

test("what the address asks for is shown, and a draft that is gone is no draft", () => {
  expect(columnsOf("2,1~edit=draft", { draftAt: "3", labels })).toEqual([
    { at: "2" },
    { at: "3", edit: "draft" },
  ]);
  expect(columnsOf("1~edit=draft~model=small", { draftAt: null, labels })).toEqual([
    { at: "1", model: "small" },
  ]);
});

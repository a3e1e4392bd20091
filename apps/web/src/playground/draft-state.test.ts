import { expect, test } from "vitest";
import { emptyForm, writeForm } from "../components/prompt-form.ts";
import { draftStateOf } from "./draft-state.ts";

const FORM = { ...emptyForm(), model: "base" };
const kept = (form: typeof FORM, baseVersion: number | null = 3) => ({ baseVersion, body: writeForm(form) });

test("a draft is tried beside the version that it was begun from", () => {
  expect(draftStateOf(kept(FORM))).toMatchObject({ kind: "ready", at: "3", content: { model: "base" } });
  expect(draftStateOf(kept(FORM, null))).toMatchObject({ kind: "ready", at: "latest" });
  expect(draftStateOf(null)).toEqual({ kind: "none" });
});

test("a draft that cannot be tried says what is wrong with it", () => {
  const wrong = { ...FORM, sampling: { ...FORM.sampling, temperature: "warm" } };
  expect(draftStateOf(kept(wrong))).toEqual({
    kind: "wrong",
    problems: [{ path: "sampling.temperature", kind: "number", message: "warm" }],
  });
});

test("a draft of another editor says that it cannot be read", () => {
  expect(draftStateOf({ baseVersion: 3, body: "{}" })).toEqual({ kind: "unreadable" });
});

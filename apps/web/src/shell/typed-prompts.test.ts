import { expect, test } from "vitest";
import { typedPrompts } from "./typed-prompts.ts";

const SLUGS = ["account-triage", "refunds", "support-triage", "support-triage-old", "triage-en"];

test("the prompt whose name is typed comes first, whatever is typed beside it", () => {
  expect(typedPrompts(SLUGS, "support-triage")).toEqual(["support-triage", "support-triage-old"]);
  expect(typedPrompts(SLUGS, "Promote REFUNDS")).toEqual(["refunds"]);
});

test("a part of many names names the closest of them", () => {
  expect(typedPrompts(SLUGS, "triage")).toEqual(["triage-en", "account-triage", "support-triage"]);
});

test("nothing typed, or one letter, names none", () => {
  expect(typedPrompts(SLUGS, "")).toEqual([]);
  expect(typedPrompts(SLUGS, "r")).toEqual([]);
  expect(typedPrompts(SLUGS, "roll back")).toEqual([]);
});

import { expect, test } from "vitest";
import { modelsOfKey } from "./models-of-key.ts";

test("a key's models are its prompts at its labels", () => {
  const bound = { prompts: ["triage", "reply"], labels: ["staging", "canary"] };
  expect(modelsOfKey(bound, ["other"])).toEqual([
    "prompt:triage@staging",
    "prompt:triage@canary",
    "prompt:reply@staging",
    "prompt:reply@canary",
  ]);
});

test("a key without bounds asks for any prompt in production", () => {
  expect(modelsOfKey({ prompts: null, labels: null }, ["triage"])).toEqual(["prompt:triage@production"]);
  expect(modelsOfKey({ prompts: null, labels: null }, [])).toEqual([]);
});

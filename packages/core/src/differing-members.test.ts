import { expect, test } from "vitest";
import { differingMembers } from "./differing-members.ts";

test("only members that differ are told, whatever the order of their keys, and never the texts", () => {
  const before = {
    messages: [{ role: "user" as const, content: "1" }],
    model: "a",
    sampling: { temperature: 0, seed: 1 },
    adapter: "x@1",
  };
  const after = {
    messages: [{ role: "user" as const, content: "2" }],
    partials: { footer: "new" },
    model: "a",
    sampling: { seed: 1, temperature: 0 },
    variables: { type: "object" },
  };
  expect(differingMembers(before, after)).toEqual([
    { member: "adapter", before: "x@1", after: null },
    { member: "variables", before: null, after: { type: "object" } },
  ]);
});

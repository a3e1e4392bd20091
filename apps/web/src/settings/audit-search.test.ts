import { expect, test } from "vitest";
import { auditQuery, auditSearch } from "./audit-search.ts";

test("only what can be asked for is taken from an address", () => {
  expect(auditSearch({ actor: "user:a", prompt: "", from: "2026-11-01", to: "soon", more: 1 })).toEqual({
    actor: "user:a",
    from: "2026-11-01",
  });
  expect(auditSearch({ from: "2026-13-99" })).toEqual({});
});

// A day on which no clock in the world is put forward or back.
test("days are whole, from the first moment of one to the last of the other", () => {
  const { since, until, prompt } = auditQuery({ prompt: "triage", from: "2026-06-10", to: "2026-06-10" });
  expect(prompt).toBe("triage");
  expect(Date.parse(until ?? "") - Date.parse(since ?? "")).toBe(86_399_999);
  expect(new Date(since ?? "").getHours()).toBe(0);
});

import { expect, test } from "vitest";
import { openQuota } from "./open-quota.ts";

test("so many fit into a window for each name, and it says truly when there is room again", () => {
  let nowMs = 1_000_000;
  const rule = { what: "log-ins of this account", max: 3, windowMs: 60_000, entriesMax: 100 };
  const quota = openQuota(rule, () => new Date(nowMs));
  const isOpen = (name: string) => {
    try {
      quota.check(name);
      return true;
    } catch (error) {
      return (error as { details: object }).details;
    }
  };
  for (let n = 0; n < 3; n += 1) {
    expect(isOpen("anna")).toBe(true);
    quota.spend("anna");
  }
  nowMs += 20_000;
  expect([isOpen("anna"), isOpen("ben")]).toEqual([{ retryAfterMs: 40_000 }, true]);
  nowMs += 40_000;
  expect(isOpen("anna")).toBe(true);
});

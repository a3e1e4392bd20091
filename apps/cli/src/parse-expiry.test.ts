import { expect, it } from "vitest";
import { UsageError } from "./cli-error.ts";
import { parseExpiry } from "./parse-expiry.ts";

const NOW = Date.parse("2026-01-01T00:00:00Z");

it("takes a time from now or a time written out", () => {
  expect(parseExpiry("30m", NOW)).toBe("2026-01-01T00:30:00.000Z");
  expect(parseExpiry("4h", NOW)).toBe("2026-01-01T04:00:00.000Z");
  expect(parseExpiry("2d", NOW)).toBe("2026-01-03T00:00:00.000Z");
  expect(parseExpiry("2026-02-01T12:00:00+01:00", NOW)).toBe("2026-02-01T11:00:00.000Z");
});

it.each(["4", "h", "4 hours", "-4h", "tomorrow", "", "2026-13-01"])("refuses %j", (text) => {
  expect(() => parseExpiry(text, NOW)).toThrow(UsageError);
});

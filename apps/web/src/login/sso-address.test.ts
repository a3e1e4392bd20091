import { SsoStart } from "@assay/core";
import { expect, test } from "vitest";
import { ssoAddress } from "./sso-address.ts";

test.each([
  "/",
  "/t/airline/prompts?tab=use&case=a%20b",
  "/t/%C5%82",
  "//other.test",
  "/\\other.test",
  "/a b",
  "/ł",
  `/${"a".repeat(600)}`,
])("a log-in that is to lead to %s can begin, and leads here", (returnTo) => {
  const address = new URL(ssoAddress("airline", returnTo), "http://assay.test");
  const start = SsoStart.parse(Object.fromEntries(address.searchParams));
  expect(start.tenant).toBe("airline");
  expect(new URL(start.returnTo, "http://assay.test").origin).toBe("http://assay.test");
});

test("what cannot be led back to leads to the start page, and a path of ours is kept", () => {
  expect(ssoAddress("airline", "//other.test")).toBe("/api/login/sso?tenant=airline");
  expect(ssoAddress("airline", "/t/airline")).toBe("/api/login/sso?tenant=airline&returnTo=%2Ft%2Fairline");
});

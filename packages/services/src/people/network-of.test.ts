import { expect, test } from "vitest";
import { networkOf } from "./network-of.ts";

test.each([
  [null, "here"],
  ["203.0.113.5", "203.0.113.5"],
  ["::ffff:203.0.113.5", "::ffff:203.0.113.5"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::6", "2001:db8:1:2"],
  ["2001:db8::6", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
])("%s is counted as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

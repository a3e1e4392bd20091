import { describe, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { openClientAddresses } from "./client-addresses.ts";

const TRUSTED = ["10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48", "::ffff:198.51.100.9"];

describe("behind trusted proxies", () => {
  const addresses = openClientAddresses(TRUSTED);
  test.each([
    { what: "nobody's header", from: "203.0.113.5", header: undefined, is: "203.0.113.5" },
    { what: "a stranger who writes the header", from: "203.0.113.5", header: "1.1.1.1", is: "203.0.113.5" },
    { what: "a proxy that says nothing", from: "10.1.1.1", header: undefined, is: "10.1.1.1" },
    { what: "a proxy that says who it is", from: "10.1.1.1", header: "203.0.113.5", is: "203.0.113.5" },
    {
      what: "what a client claimed before",
      from: "10.1.1.1",
      header: "9.9.9.9, 203.0.113.5",
      is: "203.0.113.5",
    },
    { what: "two proxies", from: "10.1.1.1", header: "9.9.9.9,203.0.113.5 , 192.0.2.7", is: "203.0.113.5" },
    { what: "a claim to be a proxy", from: "10.1.1.1", header: "9.9.9.9, 10.9.9.9", is: "9.9.9.9" },
    { what: "what is no address", from: "10.1.1.1", header: "9.9.9.9, unknown", is: "10.1.1.1" },
    { what: "an empty hop", from: "10.1.1.1", header: "9.9.9.9,", is: "10.1.1.1" },
    { what: "an address with a port", from: "10.1.1.1", header: "203.0.113.5:4711", is: "203.0.113.5" },
    { what: "a mapped socket", from: "::ffff:10.1.1.1", header: "203.0.113.5", is: "203.0.113.5" },
    { what: "a mapped hop", from: "10.1.1.1", header: "0:0:0:0:0:FFFF:cb00:7105", is: "203.0.113.5" },
    { what: "a mapped proxy", from: "198.51.100.9", header: "203.0.113.5", is: "203.0.113.5" },
    {
      what: "IPv6 by an IPv6 proxy",
      from: "2001:db8:1::5",
      header: "2001:DB8:2:0:0::1",
      is: "2001:db8:2::1",
    },
    { what: "IPv6 with a port", from: "10.1.1.1", header: "[2001:db8:2::1]:443", is: "2001:db8:2::1" },
    { what: "another IPv6 network", from: "2001:db8:2::5", header: "1.1.1.1", is: "2001:db8:2::5" },
    { what: "an address with a zone", from: "fe80::1%eth0", header: undefined, is: "fe80::1" },
    { what: "no socket", from: undefined, header: "203.0.113.5", is: null },
    {
      what: "hops without end",
      from: "10.1.1.1",
      header: Array(5_000).fill("10.1.1.2").join(","),
      is: "10.1.1.2",
    },
  ])("$what: $header from $from is $is", ({ from, header, is }) => {
    expect(addresses.of({ socketAddress: from, forwardedFor: header })).toBe(is);
  });
});

test("without trusted proxies no header says anything", () => {
  const addresses = openClientAddresses([]);
  for (const socketAddress of ["127.0.0.1", "10.1.1.1", "::1"])
    expect(addresses.of({ socketAddress, forwardedFor: "203.0.113.5" })).toBe(socketAddress);
});

test("the setting is a list of addresses and ranges, and nothing else starts", () => {
  const read = (ASSAY_TRUSTED_PROXIES?: string) => readConfig({ ASSAY_TRUSTED_PROXIES }).trustedProxies;
  expect(read()).toEqual([]);
  expect(read("10.0.0.0/8, ::1")).toEqual(["10.0.0.0/8", "::1"]);
  const wrong = [
    "proxy.internal",
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "*",
    "::/129",
    "::ffff:10.0.0.0/104",
  ];
  for (const value of wrong) expect(() => read(value), value).toThrow(/ASSAY_TRUSTED_PROXIES/);
});

import { describe, expect, test } from "vitest";
import { hostIsAllowed } from "./allowed-hosts.ts";

const PATTERNS = ["api.openai.com", "*.openai.azure.com", "llm.example.com:8443", "http://127.0.0.1:8000"];

describe("hostIsAllowed", () => {
  test.each([
    "https://api.openai.com/v1",
    "https://API.OpenAI.com/v1",
    "https://api.openai.com:443/v1",
    "https://api.openai.com",
    "https://airline.openai.azure.com/openai?api-version=2024-10-21",
    "https://a.b.openai.azure.com/",
    "https://llm.example.com:8443/v1/chat/completions",
    "http://127.0.0.1:8000/v1",
    "http://2130706433:8000/v1",
  ])("allows %s", (url) => {
    expect(hostIsAllowed(url, PATTERNS)).toBe(true);
  });

  test.each([
    ["plain http", "http://api.openai.com/v1"],
    ["another host", "https://api.openai.com.evil.example/v1"],
    ["a host that only ends alike", "https://evilapi.openai.com/v1"],
    ["a suffix without its dot", "https://evilopenai.azure.com/"],
    ["the wildcard's own parent", "https://openai.azure.com/"],
    ["a trailing dot", "https://api.openai.com./v1"],
    ["an empty label", "https://a..openai.azure.com/"],
    ["a leading empty label", "https://.openai.azure.com/"],
    ["another port", "https://api.openai.com:8443/v1"],
    ["a listed host at its unlisted default port", "https://llm.example.com/v1"],
    ["a user before the host", "https://api.openai.com@evil.example/v1"],
    ["a user and password", "https://user:secret@api.openai.com/v1"],
    ["an empty user", "https://@api.openai.com/v1"],
    ["a backslash", "https://evil.example\\@api.openai.com/v1"],
    ["a backslash after the host", "https://api.openai.com\\.evil.example/"],
    ["a tab inside the host", "https://api.open\tai.com/v1"],
    ["a line break", "https://api.openai.com/v1\nx"],
    ["a leading space", " https://api.openai.com/v1"],
    ["a missing slash", "https:/api.openai.com/v1"],
    ["no slashes", "https:api.openai.com/v1"],
    ["three slashes", "https:///api.openai.com/v1"],
    ["a look-alike letter", "https://\u0430pi.openai.com/v1"],
    ["another scheme", "file:///etc/passwd"],
    ["ftp", "ftp://api.openai.com/"],
    ["no scheme", "api.openai.com/v1"],
    ["nothing", ""],
    ["loopback at another port", "http://127.0.0.1:8001/v1"],
    ["loopback over https", "https://127.0.0.1:8000/v1"],
    ["localhost by name", "http://localhost:8000/v1"],
    ["loopback in decimal", "https://2130706433/"],
    ["loopback in octal", "https://0177.0.0.1/"],
    ["loopback in hex", "https://0x7f000001/"],
    ["loopback shortened", "https://127.1/"],
    ["loopback in full-width digits", "https://１２７.0.0.1/"],
    ["loopback in IPv6", "https://[::1]/"],
    ["loopback mapped into IPv6", "http://[::ffff:127.0.0.1]:8000/"],
    ["loopback mapped, zeros written out", "http://[0:0:0:0:0:ffff:7f00:1]:8000/"],
    ["the metadata service", "http://169.254.169.254/latest/meta-data/"],
    ["the metadata service in decimal", "https://2852039166/"],
    ["a private address", "https://10.0.0.1/"],
    ["a unique local address", "https://[fd00::1]/"],
  ])("refuses %s", (_what, url) => {
    expect(hostIsAllowed(url, PATTERNS)).toBe(false);
  });

  test("an address is allowed only where it is listed itself", () => {
    expect(hostIsAllowed("https://10.0.0.1/", ["10.0.0.1"])).toBe(true);
    expect(hostIsAllowed("https://[::1]:8443/", ["[::1]:8443"])).toBe(true);
    expect(hostIsAllowed("https://10.0.0.1/", ["*.0.0.1"])).toBe(false);
  });

  test.each([
    "",
    "*",
    "*.",
    "https://*",
    "a*.example.com",
    "example.com/path",
    "user@example.com",
    "ex ample.com",
  ])("the unreadable pattern %j allows nothing", (pattern) => {
    for (const url of ["https://example.com/", "https://a.example.com/", "https://abc.example.com/"]) {
      expect(hostIsAllowed(url, [pattern])).toBe(false);
    }
  });

  test("an empty list allows nothing", () => {
    expect(hostIsAllowed("https://api.openai.com/v1", [])).toBe(false);
  });
});

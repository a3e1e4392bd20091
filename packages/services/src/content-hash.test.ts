import { expect, test } from "vitest";
import { contentHash } from "./content-hash.ts";

test("the hash is the SHA-256 of the canonical text", () => {
  // echo -n '{"a":1,"b":[true,null]}' | sha256sum
  expect(contentHash({ b: [true, null], a: 1 })).toBe(
    "1cc69c7fa23616ca2ec3ee70d24390a6225c8832db8a4c814c7e0e7f942f8668",
  );
});

test("the order of keys and members that are undefined make no difference", () => {
  expect(contentHash({ a: 1, b: { c: 2, d: 3 } })).toBe(
    contentHash({ b: { d: 3, c: 2 }, a: 1, e: undefined }),
  );
});

test("the order of items and the kind of a value do", () => {
  const hashes = [[1, 2], [2, 1], ["1", 2], null, "null", {}, []].map(contentHash);
  expect(new Set(hashes).size).toBe(hashes.length);
});

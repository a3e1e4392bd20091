import { expect, test } from "vitest";
import { TokenDecoder } from "./token-decoder.ts";

// Tokens here are bytes: the case of a vocabulary with byte tokens, where one character takes several of them.
const fromBytes = (tokens: readonly number[]) => Buffer.from(tokens).toString("utf8");

function decoded(bytes: Buffer): { parts: string[]; rest: string } {
  const decoder = new TokenDecoder<number>(fromBytes);
  return { parts: [...bytes].map((byte) => decoder.push(byte)), rest: decoder.flush() };
}

test("a character comes out whole, with its last token", () => {
  expect(decoded(Buffer.from("a🛫é"))).toEqual({ parts: ["a", "", "", "", "🛫", "", "é"], rest: "" });
});

test("an incomplete character at the end becomes the replacement character", () => {
  expect(decoded(Buffer.from("🛫").subarray(0, 3)).rest).toBe("\uFFFD");
});

test("bytes that never become a character do not hold up the text for ever", () => {
  const { parts, rest } = decoded(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x61]));
  expect(parts.join("") + rest).toMatch(/^\uFFFD+a$/);
  expect(parts.at(-1)).toBe("a");
});

test("the detokeniser sees the tokens before, to decide on spaces", () => {
  const decoder = new TokenDecoder<string>(
    (tokens, before) => (before.length > 0 ? " " : "") + tokens.join(" "),
  );
  expect(["one", "two"].map((token) => decoder.push(token)).join("")).toBe("one two");
});

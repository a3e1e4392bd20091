import { expect, test } from "vitest";
import { scrubbedMessage } from "./scrubbed-message.ts";

test.each([
  "sk-proj-abcdef1234567890",
  "gsk_0123456789abcdef",
  "sk-proj-********************wxyz",
  "Authorization: Bearer abc.def.ghi",
  "api_key=hunter2hunter2",
  '"api-key": "0123"',
  "0123456789abcdef0123456789abcdef",
  "eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIx",
])("removes %s", (key) => {
  const message = scrubbedMessage(`the value ${key} is wrong`, undefined);
  expect(message).toContain("[removed]");
  expect(message).not.toContain(key.slice(-8));
});

test("keeps what is no credential", () => {
  const text = "The messages resulted in 9041 tokens, which exceeds 'max_completion_tokens'.";
  expect(scrubbedMessage(text, undefined)).toBe(text);
});

test("is one line of at most 300 characters", () => {
  const message = scrubbedMessage(`one\n\ttwo\u202e ${"word ".repeat(200)}`, undefined);
  expect(message).toMatch(/^one two word .*…$/);
  expect(message.length).toBe(300);
});

test("removes the connection's own secret whatever its shape, also where the cut would fall", () => {
  expect(scrubbedMessage(`${"x ".repeat(148)}plain words as key`, "plain words as key")).not.toContain(
    "plain",
  );
});

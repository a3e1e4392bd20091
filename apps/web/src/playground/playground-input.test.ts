import { expect, test } from "vitest";
import {
  EMPTY_INPUT,
  inputFrom,
  isShareable,
  messagesOf,
  type PlaygroundInput,
  readSharedInput,
  withAnswer,
} from "./playground-input.ts";

const INPUT: PlaygroundInput = {
  variables: { name: "Ann" },
  turns: [
    { role: "user", text: "Hello" },
    { role: "assistant", text: "Hi" },
    { role: "user", text: "  " },
  ],
};

test("a turn that says nothing is not sent", () => {
  expect(messagesOf(INPUT)).toEqual([
    { role: "user", content: "Hello" },
    { role: "assistant", content: "Hi" },
  ]);
});

test("an answer becomes the next turn, with room for what is said to it", () => {
  expect(withAnswer(INPUT, "How are you?").turns).toEqual([
    ...INPUT.turns.slice(0, 2),
    { role: "assistant", text: "How are you?" },
    { role: "user", text: "" },
  ]);
});

test("a case is taken as it would be typed", () => {
  const messages = [
    { role: "system" as const, content: "x" },
    { role: "user" as const, content: "Hello" },
  ];
  expect(inputFrom({ variables: { n: 3, name: "Ann" }, messages })).toEqual({
    variables: { n: "3", name: "Ann" },
    turns: [{ role: "user", text: "Hello" }],
  });
  expect(inputFrom({ variables: null, messages: null })).toEqual(EMPTY_INPUT);
});

test("an address is taken at its word only where it is an input", () => {
  expect(readSharedInput(INPUT)).toEqual(INPUT);
  const wrong = [
    null,
    "x",
    [],
    {},
    { variables: { a: 1 }, turns: [] },
    { variables: {}, turns: [{ role: "system", text: "x" }] },
  ];
  for (const value of wrong) expect(readSharedInput(value), JSON.stringify(value)).toBeUndefined();
});

test("only short inputs stand in a link", () => {
  expect(isShareable(INPUT)).toBe(true);
  expect(isShareable({ ...INPUT, variables: { name: "x".repeat(2_000) } })).toBe(false);
});

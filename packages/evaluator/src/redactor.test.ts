import { PiiKind } from "@assay/core";
import { expect, test } from "vitest";
import { Redactor, type Replaced } from "./redactor.ts";

const MAIL = "ada@example.com";
const CARD = "4111 1111 1111 1111";

test("replaces every find, says where, and gives the same value the same placeholder", () => {
  const redactor = new Redactor(PiiKind.options);
  const replaced: Replaced[] = [];
  const redacted = redactor.redact(
    {
      variables: { from: MAIL, "a/b~c": `Pay with ${CARD}, or write to bob@example.com.` },
      messages: [{ role: "user", content: [{ type: "text", text: `I am ADA@example.com and ${MAIL}` }] }],
      expected: 7,
    },
    replaced,
  );
  expect(redacted).toEqual({
    variables: { from: "[EMAIL_1]", "a/b~c": "Pay with [CARD_1], or write to [EMAIL_2]." },
    messages: [{ role: "user", content: [{ type: "text", text: "I am [EMAIL_1] and [EMAIL_1]" }] }],
    expected: 7,
  });
  expect(replaced).toEqual([
    { path: "/variables/from", kind: "email", placeholder: "[EMAIL_1]" },
    { path: "/variables/a~1b~0c", kind: "card", placeholder: "[CARD_1]" },
    { path: "/variables/a~1b~0c", kind: "email", placeholder: "[EMAIL_2]" },
    { path: "/messages/0/content/0/text", kind: "email", placeholder: "[EMAIL_1]" },
    { path: "/messages/0/content/0/text", kind: "email", placeholder: "[EMAIL_1]" },
  ]);
});

test("goes on with its numbers from one case to the next", () => {
  const redactor = new Redactor(["email"]);
  expect(redactor.redact(MAIL, [])).toBe("[EMAIL_1]");
  expect(redactor.redact(`bob@example.com, ${MAIL}`, [])).toBe("[EMAIL_2], [EMAIL_1]");
});

test("leaves the kinds that were not asked for, and everything where none was", () => {
  const text = `${MAIL} ${CARD}`;
  expect(new Redactor(["card"]).redact(text, [])).toBe(`${MAIL} [CARD_1]`);
  expect(new Redactor([]).redact(text, [])).toBe(text);
});

test("replaces in names of members as well, and a member named __proto__ stays one", () => {
  const redacted = new Redactor(["email"]).redact(JSON.parse(`{"${MAIL}":1,"__proto__":"${MAIL}"}`), []);
  expect(JSON.stringify(redacted)).toBe('{"[EMAIL_1]":1,"__proto__":"[EMAIL_1]"}');
});

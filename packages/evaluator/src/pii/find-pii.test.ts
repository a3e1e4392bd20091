import { describe, expect, test } from "vitest";
import { findPii } from "./find-pii.ts";

/** Each find as kind and text, so that positions are tested with it. */
const found = (text: string, country?: "PL") =>
  findPii(text, { phoneCountry: country }).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe("personal data is found", () => {
  test.each([
    ["Write to jan.kowalski+test@example.co.uk, please.", "email", "jan.kowalski+test@example.co.uk"],
    ["<żółw@przykład.pl>", "email", "żółw@przykład.pl"],
    // E.164 numbers of the numbering plans' own documents.
    ["call +48 600 100 200 30 times", "phone", "+48 600 100 200"],
    ["call +1 (212) 555-2368 now", "phone", "+1 (212) 555-2368"],
    // The examples of the IBAN registry.
    ["to PL61 1090 1014 0000 0712 1981 2874 today", "iban", "PL61 1090 1014 0000 0712 1981 2874"],
    ["GB29NWBK60161331926819 AND MORE", "iban", "GB29NWBK60161331926819"],
    ["nl91 abna 0417 1643 00", "iban", "nl91 abna 0417 1643 00"],
    // Card numbers that issuers publish for tests.
    ["paid by 4111 1111 1111 1111.", "card", "4111 1111 1111 1111"],
    ["378282246310005", "card", "378282246310005"],
    ["5555-5555-5555-4444", "card", "5555-5555-5555-4444"],
    // The example of gov.pl.
    ["PESEL 44051401359", "pesel", "44051401359"],
    ["key sk-proj-4fJx9QmZ2LrT8vWc1BnY6kHd", "api-key", "sk-proj-4fJx9QmZ2LrT8vWc1BnY6kHd"],
    ["AKIAIOSFODNN7EXAMPLE", "api-key", "AKIAIOSFODNN7EXAMPLE"],
    ["password=9fK2mQ7xL4vB1nZ8wR3t", "api-key", "9fK2mQ7xL4vB1nZ8wR3t"],
    [
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
      "api-key",
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
    ],
  ])("in %j: %s %j", (text, kind, find) => {
    expect(found(text)).toEqual([[kind, find]]);
  });

  test("to the end of a private key, or of the text that cuts it off", () => {
    const key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----";
    expect(found(`a ${key} b`)).toEqual([["api-key", key]]);
    expect(found("-----BEGIN PRIVATE KEY-----\nMIIE")).toEqual([
      ["api-key", "-----BEGIN PRIVATE KEY-----\nMIIE"],
    ]);
  });

  test("without its country code only where a country is named", () => {
    expect(found("dzwoń 600 100 200")).toEqual([]);
    expect(found("dzwoń 600 100 200", "PL")).toEqual([["phone", "600 100 200"]]);
  });

  test("in order, each place once", () => {
    const text = "4111111111111111 a@b.pl +48600100200 a@b.pl";
    expect(findPii(text)).toEqual([
      { kind: "card", start: 0, end: 16 },
      { kind: "email", start: 17, end: 23 },
      { kind: "phone", start: 24, end: 36 },
      { kind: "email", start: 37, end: 43 },
    ]);
    const key = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    expect(found(`token=${key}`)).toEqual([["api-key", key]]);
  });
});

describe("what only looks like it is not", () => {
  test.each([
    ["I live in Paris since 2026-11-22 12:30, order 123456789."],
    ["@home user@host a@b. x@.com @@@"],
    ["PL61 1090 1014 0000 0712 1981 2875"],
    ["4111 1111 1111 1112"],
    ["14111111111111111111"],
    ["44051401358 and 44991401352"],
    // Their checksums hold, but there is no 30th of February and no 13th month.
    ["99023001356, 99130101350"],
    ["ref4111111111111111, x44051401359"],
    ["sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
    ["the token is here, and task_management_of_the_whole_company is a name"],
    ["+48 12"],
    ["9e107d9d372bb6826bd81d3542a419d6"],
  ])("%j", (text) => {
    expect(found(text)).toEqual([]);
  });
});

test("a long text of nothing but beginnings is searched to their end", () => {
  for (const bait of [
    "@",
    "a@",
    "+1234567 ",
    "4111 ",
    "PL61",
    "sk-",
    "eyJa",
    "-----BEGIN PRIVATE KEY-----",
    "token=",
    "ﬀ",
  ]) {
    const text = `${bait.repeat(Math.floor(100_000 / bait.length))} a@b.pl`;
    expect(findPii(text).at(-1)?.end).toBe(text.length);
  }
});

import { type Case, LIMITS } from "@assay/core";
import { describe, expect, test } from "vitest";
import { createRoleGuesser } from "./guess-roles.ts";
import { type ImportOptions, parseCases } from "./import-cases.ts";

async function* whole(text: string): AsyncGenerator<string> {
  yield text;
}

async function collect(batches: AsyncIterable<Case[]>): Promise<Case[]> {
  const cases: Case[] = [];
  for await (const batch of batches) cases.push(...batch);
  return cases;
}

describe("a file of other columns", () => {
  const roles: Record<string, string> = {
    nr: "key",
    question: "input",
    answer: "expected",
    city: "var.place",
    topics: "tags",
  };
  const roleOf = (name: string) => roles[name] ?? "-";
  const wanted = [
    {
      key: "7",
      messages: [{ role: "user", content: "Where?" }],
      variables: { place: "Oslo" },
      expected: "here",
      tags: ["a", "b"],
    },
  ];

  test("is read by what its columns are said to be, CSV and JSONL alike", async () => {
    const csv = "nr,question,answer,city,topics,other\n7,Where?,here,Oslo,a; b,x\n";
    const row = { nr: 7, question: "Where?", answer: "here", city: "Oslo", topics: ["a", "b"], other: [1] };
    const from = (text: string, format: ImportOptions["format"]) =>
      collect(parseCases(whole(text), { format, roleOf }));
    expect(await from(csv, "csv")).toEqual(wanted);
    expect(await from(JSON.stringify(row), "jsonl")).toEqual(wanted);
  });

  test("of which two become the same is refused, column or member", async () => {
    const both = () => "key";
    const refused = { code: "dataset_invalid", message: expect.stringContaining('become "key"') };
    await expect(
      collect(parseCases(whole("a,b\n1,2"), { format: "csv", roleOf: both })),
    ).rejects.toMatchObject(refused);
    await expect(
      collect(parseCases(whole('{"a":"1","b":"2"}'), { format: "jsonl", roleOf: both })),
    ).rejects.toMatchObject(refused);
  });

  test("has its columns guessed by the usual names, each place once", () => {
    const guess = createRoleGuesser();
    const names = ["ID", "Question", "prompt", "expected output", "tags", "locale", "var.x", "", "__proto__"];
    expect(names.map(guess)).toEqual([
      "key",
      "input",
      "var.prompt",
      "expected",
      "tags",
      "var.locale",
      "var.x",
      "-",
      "var.__proto__",
    ]);
    expect(guess("Question")).toBe("input");
  });

  test("has a column that is called as the dataset's cases call theirs, whatever the usual names say", () => {
    const guess = createRoleGuesser({ variables: ["locale"], expected: ["intent", "Kategoria zgłoszenia"] });
    const names = ["message", "Locale", "INTENT", "kategoria_zgloszenia", "answer"];
    expect(names.map(guess)).toEqual([
      "input",
      "var.locale",
      "expected.intent",
      "expected.Kategoria zgłoszenia",
      "var.answer",
    ]);
  });

  test("has names of other languages and of parts of the expectation understood, and variables that templates can write", () => {
    const guess = createRoleGuesser();
    const names = [
      "Treść wiadomości",
      "expected intent",
      "Expected-Urgency",
      "answer_tone",
      "odpowiedź: język",
      "Imię klienta",
      "2nd",
      "漢字",
    ];
    expect(names.map(guess)).toEqual([
      "input",
      "expected.intent",
      "expected.urgency",
      "expected.tone",
      "expected.jezyk",
      "var.imie_klienta",
      "var._2nd",
      "var.漢字",
    ]);
  });

  test("is never guessed so that two columns cannot stand beside each other", () => {
    const from = (names: string[]) => names.map(createRoleGuesser());
    expect(from(["expected", "expected_intent"])).toEqual(["expected", "var.expected_intent"]);
    expect(from(["variables", "city"])).toEqual(["variables", "-"]);
    expect(from(["city", "variables"])).toEqual(["var.city", "var.variables"]);
    expect(from(["a b", "a-b"])).toEqual(["var.a_b", "var.a-b"]);
  });

  test("has so many names guessed as an import may have columns, and the rest become nothing", async () => {
    const guess = createRoleGuesser();
    const names = Array.from({ length: LIMITS.importColumnsMax }, (_, index) => `c${index}`);
    expect(names.map(guess)).toEqual(names.map((name) => `var.${name}`));
    expect(["one more", "input", "expected"].map(guess)).toEqual(["-", "-", "-"]);
    expect(guess("c0")).toBe("var.c0");
  });

  test("whose member is called __proto__ reaches no prototype", async () => {
    const roleOfAll = createRoleGuesser();
    const text = '{"question":"x","__proto__":{"polluted":true}}';
    await expect(
      collect(parseCases(whole(text), { format: "jsonl", roleOf: roleOfAll })),
    ).rejects.toMatchObject({ details: { errors: [{ row: 1, message: "a key is called __proto__" }] } });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

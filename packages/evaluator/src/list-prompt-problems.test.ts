import type { PromptContent } from "@assay/core";
import { expect, test } from "vitest";
import { listPromptProblems, usedVariables } from "./list-prompt-problems.ts";

const contentOf = (texts: string[], rest: Partial<PromptContent> = {}): PromptContent => ({
  messages: texts.map((content) => ({ role: "system", content })),
  model: "base",
  sampling: {},
  ...rest,
});
const schemaOf = (...names: string[]) => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
});

test("names each broken message with the line and column, not only the first", () => {
  const problems = listPromptProblems(contentOf(["fine", "one\n{% nope %}", "{{ x | nope }}"]));
  expect(problems).toEqual([
    expect.objectContaining({ path: "messages[1]", line: 2, column: 1, severity: "error" }),
    expect.objectContaining({ path: "messages[2]", message: "undefined filter: nope", line: 1, column: 1 }),
  ]);
});

test("shows where a variable that is not declared is first used, and warns of one that nothing uses", () => {
  const content = contentOf(["Hello {{ name }},\n{{ order.id }} {{ order.id }}"], {
    variables: schemaOf("name", "city"),
  });
  expect(listPromptProblems(content)).toEqual([
    expect.objectContaining({ kind: "undeclared", path: "messages[0]", name: "order", line: 2, column: 4 }),
    expect.objectContaining({ kind: "unused", severity: "warning", path: "variables", name: "city" }),
  ]);
  expect(usedVariables(content)).toEqual(["name", "order"]);
});

test("does not call a variable unused while a message cannot be read", () => {
  const content = contentOf(["{{ name", "{{ city }}"], { variables: schemaOf("name", "city") });
  expect(listPromptProblems(content).map(({ kind }) => kind)).toEqual(["unclosed"]);
});

test("tells of partials that are missing, and of broken ones by their own name", () => {
  const missing = contentOf(["{% render 'tone' %}"]);
  expect(listPromptProblems(missing)).toMatchObject([
    { path: "messages[0]", message: `there is no partial "tone". There are none.`, line: 1 },
  ]);
  const broken = contentOf(["{% render 'tone' %}"], { partials: { tone: "a\n\n{{ b" } });
  expect(listPromptProblems(broken)).toMatchObject([{ path: "partials.tone", line: 3 }]);
});

test("says where a mark is missing, and warns of one that would be sent as it stands", () => {
  const content = contentOf(["{{ name } from {{ city }}", "one\ntwo { name }}"], {
    variables: schemaOf("name", "city"),
  });
  expect(listPromptProblems(content)).toMatchObject([
    { kind: "unclosed", severity: "error", path: "messages[0]", name: "{{", line: 1, column: 1 },
    { kind: "unopened", severity: "warning", path: "messages[1]", name: "}}", line: 2, column: 12 },
  ]);
});

test("finds nothing wrong with what may be a version", () => {
  expect(listPromptProblems(contentOf(["Hello {{ name }}."], { variables: schemaOf("name") }))).toEqual([]);
});

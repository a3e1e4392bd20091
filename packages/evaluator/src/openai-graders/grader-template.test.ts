import { Case } from "@assay/core";
import { expect, test } from "vitest";
import type { ScoreInput } from "../define-scorer.ts";
import { GraderTemplate, renderGraderTemplate } from "./grader-template.ts";

const INPUT: ScoreInput = {
  output: '{"intent":"refund","items":[{"id":7}]}',
  toolCalls: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
  tools: [],
  meanLogprob: null,
  testCase: Case.parse({
    key: "k1",
    variables: { mail: "Hi {{item.key}}", label: "own", list: [1, 2] },
    expected: { label: "theirs", answer: "yes" },
  }),
  latencyMs: null,
  usage: undefined,
  costMicros: null,
};

test.each([
  ["{{sample.output_text}}", INPUT.output],
  ["{{ sample.output_json.intent }}!", "refund!"],
  ["{{sample.output_json.items[0].id}}", "7"],
  ["{{sample.output_tools[0].function.name}}", "f"],
  ["{{item.key}} {{item.list}}", "k1 [1,2]"],
  // What a value says is text: it is not filled in again.
  ["{{item.mail}}", "Hi {{item.key}}"],
  // Variables come before the fields of the expectation.
  ["{{item.label}} {{item.expected.label}} {{item.answer}}", "own theirs yes"],
  ["no places, { or } alone", "no places, { or } alone"],
])("%s becomes %s", (template, text) => {
  expect(GraderTemplate.safeParse(template).success).toBe(true);
  expect(renderGraderTemplate(template, INPUT)).toEqual({ status: "rendered", text });
});

test("what the answer has not is its fault, what the case has not is a gap", () => {
  expect(renderGraderTemplate("{{sample.output_json.none}}", INPUT)).toMatchObject({ status: "fault" });
  expect(renderGraderTemplate("{{sample.output_json.a}}", { ...INPUT, output: "no json" })).toMatchObject({
    status: "fault",
  });
  for (const template of [
    "{{item.none}}",
    "{{item.__proto__}}",
    "{{item.constructor.name}}",
    "{{item.list.length}}",
  ])
    expect(renderGraderTemplate(template, INPUT)).toMatchObject({
      status: "gap",
      reason: `there is no ${template}`,
    });
});

test.each(["{{env.SECRET}}", "{{item}}", "{{ item.a | upper }}", "{{sample['x']}}", "{{}}"])(
  "%s is refused when the suite is stored",
  (template) => {
    expect(GraderTemplate.safeParse(template).error?.issues[0]?.message).toContain("is not understood");
  },
);

test("what would grow past what is ever scored is a gap", () => {
  const big = { ...INPUT, output: "x".repeat(600_000) };
  expect(renderGraderTemplate("{{sample.output_text}}{{sample.output_text}}", big)).toMatchObject({
    status: "gap",
  });
});

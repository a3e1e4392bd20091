import type { Json, Tool } from "@assay/core";
import { describe, expect, test } from "vitest";
import { judge, scoreOf } from "../testing/judge-output.ts";

describe("contains-json", () => {
  const schema = { type: "object", required: ["a"] };
  test.each<[string, Record<string, Json>, number]>([
    ['Sure: {"a": 1}. Anything else?', {}, 1],
    ["```json\n[1, 2]\n```", {}, 1],
    ["no JSON, and {not} this", {}, 0],
    ['{"b": 1} and {"a": 2}', { schema }, 1],
    ['{"b": 1}', { schema }, 0],
    ['[see {"a": "}"}]', { schema }, 1],
    ['{ broken {"a": 1}', { schema }, 1],
    ["42", {}, 0],
    ['{"__proto__": {"a": 1}}', { schema }, 0],
  ])("of %j under %j is %s", (output, options, score) => {
    expect(scoreOf("contains-json", { output, options })).toBe(score);
  });

  test("looks past a few brackets that never close, and gives up on very many in a long text", () => {
    expect(scoreOf("contains-json", { output: `${"{ ".repeat(100)}{"a": 1}` })).toBe(1);
    expect(scoreOf("contains-json", { output: `${"{ ".repeat(100)}${" ".repeat(100_000)}{"a": 1}` })).toBe(0);
  });

  test("with a schema that does not compile is refused", () => {
    expect(() => judge("contains-json", { options: { schema: { type: "nonsense" } } })).toThrow("not usable");
  });
});

describe("json-diff", () => {
  const expected = {
    id: 7,
    items: [
      { n: "a", p: 1 },
      { n: "b", p: 2.5 },
    ],
    note: {},
  };
  test.each<[string, Record<string, Json>, number, string?]>([
    ['{"note":{},"items":[{"p":1,"n":"a"},{"n":"b","p":2.5}],"id":7}', {}, 1],
    // Six leaves are expected; one differs.
    ['{"id":8,"items":[{"n":"a","p":1},{"n":"b","p":2.5}],"note":{}}', {}, 5 / 6, "differs at /id"],
    // One is missing and one is more: five of seven.
    [
      '{"id":7,"items":[{"n":"a","p":1},{"n":"b","q":0}],"note":{}}',
      {},
      5 / 7,
      "differs at /items/1/p, /items/1/q",
    ],
    ['{"id":7,"items":[{"n":"a","p":1},{"n":"b","p":2.52}],"note":{}}', { tolerance: 0.05 }, 1],
    ['{"id":8,"items":[{"n":"a","p":1},{"n":"b","p":2.5}],"note":[]}', { ignore: ["/id", "/note"] }, 1],
    ['{"id":7,"items":[{"n":"a","p":1},{"n":"b","p":2.5}],"note":[]}', {}, 5 / 6, "differs at /note"],
    ["not json", {}, 0],
    ["7", {}, 0],
    ['{"id":7,"__proto__":{"x":1}}', {}, 1 / 7],
  ])("of %j under %j is %s", (...[output, options, score, detail]) => {
    const outcome = judge("json-diff", { output, expected, options });
    expect(outcome).toMatchObject({ status: "scored", ...(detail !== undefined && { detail }) });
    expect(outcome.status === "scored" && outcome.score).toBeCloseTo(score, 12);
  });

  test("names keys as JSON pointers do, and needs an expectation", () => {
    expect(judge("json-diff", { output: '{"a/b~c":1}', expected: { "a/b~c": 2 } })).toMatchObject({
      score: 0,
      detail: "differs at /a~1b~0c",
    });
    expect(scoreOf("json-diff", { output: "{}" })).toBe("not_scored");
    expect(scoreOf("json-diff", { output: "{}", expected: "no json" })).toBe("not_scored");
  });
});

type Calls = [string, string][];
const refund: Calls = [["refund", '{"order": 7, "full": true}']];
const both: Calls = [...refund, ["notify", '{"to": "a"}']];
const wantRefund = { name: "refund", arguments: { full: true, order: 7 } };

test.each<[Calls, Json | undefined, Record<string, Json>, number | "not_scored"]>([
  [refund, [wantRefund], {}, 1],
  [refund, wantRefund, {}, 1],
  [refund, [{ name: "refund", arguments: { order: 8 } }], {}, 0],
  [refund, [{ name: "refund", arguments: { order: 8 } }], { arguments: false }, 1],
  [refund, ["refund"], {}, 1],
  [both, [wantRefund], {}, 0],
  [both, ["notify", wantRefund], {}, 1],
  [both, ["notify", wantRefund], { ordered: true }, 0],
  [both, [wantRefund, "notify"], { ordered: true }, 1],
  [
    refund,
    {
      tool_calls: [{ type: "function", function: { name: "refund", arguments: '{"full":true,"order":7}' } }],
    },
    {},
    1,
  ],
  [[], [], {}, 1],
  [refund, [], {}, 0],
  [[["refund", "{broken"]], [wantRefund], {}, 0],
  [
    [
      ["f", "{}"],
      ["f", '{"a":1}'],
    ],
    ["f", { name: "f", arguments: { a: 1 } }],
    {},
    1,
  ],
  [refund, undefined, {}, "not_scored"],
  [refund, 7, {}, "not_scored"],
  [refund, '[{"name": "refund", "arguments": {"order": 7, "full": true}}]', {}, 1],
  [refund, '{"intent": "refund"}', {}, "not_scored"],
  [refund, "a refund, please", {}, "not_scored"],
])("tool-call-exact of %j against %j under %j is %s", (...[calls, expected, options, score]) => {
  expect(scoreOf("tool-call-exact", { calls, options, ...(expected !== undefined && { expected }) })).toBe(
    score,
  );
});

test.each<[Calls, Json, Record<string, Json>, number | "not_scored"]>([
  [both, ["refund", "notify"], {}, 1],
  // One of two made is right and one of one is found: 2·1/(2 + 1).
  [both, ["refund"], {}, 2 / 3],
  // One of one made, one of three expected: 2·1/(1 + 3).
  [refund, ["refund", "notify", "close"], {}, 1 / 2],
  [
    [
      ["f", "{}"],
      ["f", "{}"],
    ],
    ["f"],
    {},
    2 / 3,
  ],
  [[], ["f"], {}, 0],
  [[], [], {}, 1],
  [refund, [{ name: "refund", arguments: { order: 8 } }], { arguments: true }, 0],
  [refund, [""], {}, "not_scored"],
])("tool-call-f1 of %j against %j under %j is %s", (...[calls, expected, options, score]) => {
  expect(scoreOf("tool-call-f1", { calls, expected, options })).toBe(score);
});

describe("is-valid-tool-call", () => {
  const parameters = { type: "object", properties: { order: { type: "integer" } }, required: ["order"] };
  const tools: Tool[] = [
    { type: "function", function: { name: "refund", parameters } },
    { type: "function", function: { name: "ping" } },
  ];
  test.each<[Calls, number]>([
    [[["refund", '{"order": 7}']], 1],
    [
      [
        ["ping", ""],
        ["refund", '{"order": 7}'],
      ],
      1,
    ],
    [[["refund", '{"order": "7"}']], 0],
    [[["refund", "{}"]], 0],
    [[["refund", "{"]], 0],
    [[["ping", "[]"]], 0],
    [[["other", "{}"]], 0],
    [
      [
        ["ping", "{}"],
        ["refund", "{}"],
      ],
      0,
    ],
    [[], 0],
  ])("of %j is %s", (calls, score) => {
    expect(scoreOf("is-valid-tool-call", { calls, tools })).toBe(score);
  });

  test("may be satisfied with no call, and says nothing where there are no tools or a schema is broken", () => {
    expect(scoreOf("is-valid-tool-call", { tools, options: { required: false } })).toBe(1);
    expect(scoreOf("is-valid-tool-call", { calls: refund })).toBe("not_scored");
    const broken: Tool[] = [
      { type: "function", function: { name: "refund", parameters: { type: "nonsense" } } },
    ];
    expect(scoreOf("is-valid-tool-call", { calls: refund, tools: broken })).toBe("not_scored");
  });
});

test("cost, tokens and perplexity are kept as what was measured, and unknown is not zero", () => {
  const cost = (costMicros: number | null) => judge("cost", { costMicros, options: { maxMicros: 100 } });
  expect(cost(100)).toMatchObject({ score: 1, value: 100 });
  expect(cost(101)).toMatchObject({ score: 0, value: 101 });
  expect(cost(0)).toMatchObject({ score: 1, value: 0 });
  expect(cost(null)).toMatchObject({ status: "not_scored" });
  expect(judge("latency", { latencyMs: 7, options: { maxMs: 9 } })).toMatchObject({ score: 1, value: 7 });
  expect(judge("tokens", { completionTokens: 3, options: { min: 4, max: 9 } })).toMatchObject({
    score: 0,
    value: 3,
  });

  // Two tokens of probability 1/2 and 1/8: the geometric mean is 1/4, the perplexity 4.
  const meanLogprob = (Math.log(1 / 2) + Math.log(1 / 8)) / 2;
  const perplexity = judge("perplexity", { meanLogprob });
  expect(perplexity.status === "scored" && [perplexity.score, perplexity.value]).toEqual([
    expect.closeTo(1 / 4, 12),
    expect.closeTo(4, 12),
  ]);
  expect(scoreOf("perplexity", { meanLogprob, options: { max: 4.001 } })).toBe(1);
  expect(scoreOf("perplexity", { meanLogprob, options: { max: 3.9 } })).toBe(0);
  expect(scoreOf("perplexity", { meanLogprob: null })).toBe("not_scored");
  expect(scoreOf("perplexity", { meanLogprob: Number.NEGATIVE_INFINITY })).toBe("not_scored");
});

import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApp, type TestApp, type TestTenant } from "./kit/open-test-app.ts";

const ASKED = 24;
const TEXT = "word ".repeat(40_000);

let app: TestApp;
let airline: TestTenant;
let bank: TestTenant;

beforeAll(async () => {
  app = await openTestApp({ dialect: "sqlite" });
  airline = await app.createTenant("airline");
  bank = await app.createTenant("bank");
  const lines = Array.from(
    { length: 6 },
    (_, n) => `${JSON.stringify({ key: `${n}`, variables: { TEXT } })}\n`,
  );
  await airline.client.importDataset({
    dataset: "long",
    create: "true",
    format: "jsonl",
    text: lines.join(""),
  });
  await bank.client.createPrompt({ slug: "own" });
});
afterAll(() => app[Symbol.asyncDispose]());

test("a tenant that asks for many long answers gets a few at a time, others theirs in between", async () => {
  let turn = 0;
  let isDone = false;
  const counting = (async () => {
    for (; !isDone; turn += 1) await nextTurn();
  })();
  const answeredIn: number[] = [];
  const ask = async () => {
    const answer = await app.fetch("/api/datasets/long/versions/1/cases?limit=200", {
      headers: { authorization: `Bearer ${airline.key}` },
    });
    answeredIn.push(turn);
    return answer.status;
  };
  const asked = Promise.all(Array.from({ length: ASKED }, ask));
  await nextTurn();
  await bank.client.listPrompts({});
  const beforeTheirs = answeredIn.length;
  expect(await asked).toEqual(Array(ASKED).fill(200));
  isDone = true;
  await counting;
  expect(beforeTheirs).toBeLessThan(ASKED / 2);
  const perTurn = [...Map.groupBy(answeredIn, (number) => number).values()].map(({ length }) => length);
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(2);
});

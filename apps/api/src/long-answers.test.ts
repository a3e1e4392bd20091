import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { LongAnswers } from "./long-answers.ts";

const BOUNDS = { atOnceMax: 2, waitingMax: 5 };

test("a few of a tenant are made at once, in the order they were asked for, and another's in between", async () => {
  const answers = new LongAnswers(BOUNDS);
  const order: string[] = [];
  let active = 0;
  let mostActive = 0;
  const make = (tenant: string, name: string) =>
    answers.make(tenant, async () => {
      if (tenant === "airline") mostActive = Math.max(mostActive, ++active);
      for (let turn = 0; turn < 3; turn++) await nextTurn();
      if (tenant === "airline") active -= 1;
      order.push(name);
    });
  const ofAirline = ["a1", "a2", "a3", "a4", "a5", "a6", "a7"].map((name) => make("airline", name));
  await Promise.all([...ofAirline, make("bank", "b1")]);
  expect(mostActive).toBe(2);
  expect(order.filter((name) => name !== "b1")).toEqual(["a1", "a2", "a3", "a4", "a5", "a6", "a7"]);
  expect(order.indexOf("b1")).toBeLessThan(3);
});

test("more than may wait are refused, and places are given back whatever became of the work", async () => {
  const answers = new LongAnswers(BOUNDS);
  const fail = () => answers.make("airline", () => Promise.reject(new Error("broken")));
  const failures = Array.from({ length: 7 }, () => fail().catch((error: Error) => error.message));
  await expect(fail()).rejects.toMatchObject({ code: "queue_full", details: { retryAfterMs: 1_000 } });
  expect(await Promise.all(failures)).toEqual(Array(7).fill("broken"));
  expect(await answers.make("airline", async () => "made")).toBe("made");
});

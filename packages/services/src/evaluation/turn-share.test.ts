import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { TurnShare } from "./turn-share.ts";

test("no more is begun in a turn than its share, and the rest in the turns after it", async () => {
  const share = new TurnShare(3);
  let turn = 0;
  const counting = (async () => {
    for (; turn < 20; turn += 1) await nextTurn();
  })();
  const begunIn: number[] = [];
  for (let begun = 0; begun < 8; begun += 1) {
    await share.take("airline");
    begunIn.push(turn);
  }
  await counting;
  const perTurn = Map.groupBy(begunIn, (number) => number);
  expect([...perTurn.values()].map(({ length }) => length)).toEqual([3, 3, 2]);
});

test("what comes later begins with a share of its own turn", async () => {
  const share = new TurnShare(2);
  await share.take("airline");
  await nextTurn();
  await nextTurn();
  let isNextTurn = false;
  const next = nextTurn().then(() => {
    isNextTurn = true;
  });
  await share.take("airline");
  await share.take("airline");
  expect(isNextTurn).toBe(false);
  await next;
});

test("who asks first is first, also when many wait", async () => {
  const share = new TurnShare(2);
  const begun: number[] = [];
  await Promise.all(
    Array.from({ length: 7 }, (_, each) => share.take("airline").then(() => begun.push(each))),
  );
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("a tenant with one piece waits for no more than one of each other", async () => {
  const share = new TurnShare(2);
  const begun: string[] = [];
  const take = (tenantId: string) => share.take(tenantId).then(() => begun.push(tenantId));
  const airline = Array.from({ length: 8 }, () => take("airline"));
  const others = [take("bank"), take("bank"), take("hospital")];
  await Promise.all([...airline, ...others]);
  const inTurn = ["airline", "bank", "hospital", "airline", "bank"];
  expect(begun).toEqual(["airline", "airline", ...inTurn, ...Array(4).fill("airline")]);
});

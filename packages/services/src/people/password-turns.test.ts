import { LIMITS } from "@assay/core";
import { describe, expect, test } from "vitest";
import { openPasswordTurns, type PasswordTurn } from "./password-turns.ts";

function openScene() {
  let nowMs = 0;
  const turns = openPasswordTurns(() => new Date(nowMs));
  const order: string[] = [];
  const outcomes: Promise<void>[] = [];
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let running = 0;
  let runningMax = 0;
  /** Asks for a turn whose work waits for `finish`; its outcome goes into the order. */
  const ask = (name: string, turn: PasswordTurn) => {
    const work = async () => {
      running += 1;
      runningMax = Math.max(runningMax, running);
      await gate;
      running -= 1;
      return name;
    };
    const outcome = turns.take(turn, work).then(
      (done) => void order.push(done),
      (error: { code: string; details: { retryAfterMs: number } }) =>
        void order.push(`${name} ${error.code} ${error.details.retryAfterMs >= 1_000}`),
    );
    outcomes.push(outcome);
    return outcome;
  };
  const finish = async () => {
    open();
    await Promise.all(outcomes);
    return order;
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { turns, ask, finish, pass, runningMax: () => runningMax };
}

const REFUSED = "queue_full true";
const at = (lane: PasswordTurn["lane"], name: string, max = 1): PasswordTurn => ({
  lane,
  places: [{ name, max }],
});

describe("turns with passwords", () => {
  test("run one at a time, and every kind of people gets its share of them", async () => {
    const { ask, finish, runningMax } = openScene();
    for (let n = 0; n < 4; n += 1) void ask(`stranger ${n}`, at("stranger", `s${n}`));
    for (let n = 0; n < 2; n += 1) void ask(`change ${n}`, at("change", `c${n}`));
    for (let n = 0; n < 2; n += 1) void ask(`known ${n}`, at("known", `k${n}`));
    expect(await finish()).toEqual([
      "stranger 0",
      "change 0",
      "known 0",
      "stranger 1",
      "change 1",
      "known 1",
      "stranger 2",
      "stranger 3",
    ]);
    expect(runningMax()).toBe(1);
  });

  test("an account stands once, a network a few times, and a place that is left can be taken again", async () => {
    const { ask, finish, turns } = openScene();
    const places = [
      { name: "anna", max: 1 },
      { name: "network", max: 2 },
    ];
    const ben = [{ name: "ben", max: 1 }, ...places.slice(1)];
    const carla = [{ name: "carla", max: 1 }, ...places.slice(1)];
    void ask("anna", { lane: "stranger", places });
    void ask("anna again", { lane: "stranger", places });
    void ask("ben", { lane: "stranger", places: ben });
    void ask("carla", { lane: "stranger", places: carla });
    expect(await finish()).toEqual([`anna again ${REFUSED}`, `carla ${REFUSED}`, "anna", "ben"]);
    expect(await turns.take({ lane: "stranger", places }, async () => "anna later")).toBe("anna later");
  });

  test("a crowd fills its own queue and nobody else's", async () => {
    const { ask, finish } = openScene();
    // The first has its turn already and does not wait.
    for (let n = 0; n < LIMITS.passwordQueueMax + 1; n += 1) void ask(`${n}`, at("stranger", `s${n}`));
    void ask("too late", at("stranger", "late"));
    void ask("known", at("known", "k"));
    void ask("change", at("change", "c"));
    const order = await finish();
    expect(order).toContain(`too late ${REFUSED}`);
    expect(order.filter((one) => one.endsWith(REFUSED)).length).toBe(1);
    expect(order.indexOf("known")).toBeLessThan(5);
    expect(order.indexOf("change")).toBeLessThan(5);
  });

  test("whoever has waited too long is told, and what fails gives its turn on", async () => {
    const { turns, ask, finish, pass } = openScene();
    void ask("first", at("stranger", "a"));
    void ask("waits", at("stranger", "b"));
    pass(LIMITS.passwordWaitMsMax + 1);
    void ask("fresh", at("stranger", "c"));
    expect(await finish()).toEqual(["first", `waits ${REFUSED}`, "fresh"]);
    const broken = turns.take(at("known", "k"), () => Promise.reject(new Error("broken")));
    await expect(broken).rejects.toThrow("broken");
    expect(await turns.take(at("known", "k"), async () => "mended")).toBe("mended");
  });
});

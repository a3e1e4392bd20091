import { LIMITS } from "@assay/core";
import { describe, expect, test } from "vitest";
import { type Attempter, openLoginAttempts } from "./login-attempts.ts";

const MINUTE = 60_000;
const ANNA: Attempter = { email: "anna@people.test", network: "203.0.113.5", device: null };
const AT_HOME: Attempter = { ...ANNA, device: "home" };

function openScene() {
  let nowMs = Date.parse("2026-11-23T00:00:00Z");
  const attempts = openLoginAttempts(() => new Date(nowMs));
  /** 0 where somebody may try, and else how long they wait. */
  const waitOf = (who: Attempter): number => {
    try {
      attempts.enter(who).withdrawn();
      return 0;
    } catch (error) {
      return (error as { details: { retryAfterMs: number } }).details.retryAfterMs;
    }
  };
  /** Fails as often as it is let to; answers how often that was. */
  const fail = (who: Attempter, times: number): number => {
    let let_ = 0;
    for (let n = 0; n < times; n += 1) {
      if (waitOf(who) > 0) continue;
      attempts.enter(who);
      let_ += 1;
    }
    return let_;
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { attempts, waitOf, fail, pass };
}

const from = (n: number, who = ANNA): Attempter => ({ ...who, network: `198.51.100.${n}` });

describe("failed log-ins", () => {
  test("make their account wait longer and longer in their own network, up to a quarter of an hour", () => {
    const { waitOf, fail, pass } = openScene();
    expect(fail(ANNA, 100)).toBe(LIMITS.loginFailuresPerPairFree);
    const waits = Array.from({ length: 12 }, () => {
      const wait = waitOf(ANNA);
      pass(wait);
      fail(ANNA, 1);
      return wait / 1_000;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    expect(waitOf(from(1))).toBe(0);
    pass(LIMITS.loginFailureKeepMs);
    expect(fail(ANNA, 100)).toBe(LIMITS.loginFailuresPerPairFree);
  });

  test("many at once are let in no more than one after the other", () => {
    const { attempts } = openScene();
    const entered = Array.from({ length: 50 }, () => {
      try {
        return [attempts.enter(ANNA)];
      } catch {
        return [];
      }
    }).flat();
    expect(entered.length).toBe(LIMITS.loginFailuresPerPairFree);
  });

  test("what succeeded or was never looked at counts for nothing", () => {
    const { attempts, waitOf, fail } = openScene();
    for (let n = 0; n < 500; n += 1) attempts.enter(ANNA).withdrawn();
    for (let n = 0; n < 500; n += 1) attempts.enter(ANNA).succeeded();
    expect(waitOf(ANNA)).toBe(0);
    fail(ANNA, LIMITS.loginFailuresPerPairFree - 1);
    attempts.enter(ANNA).succeeded();
    expect(fail(ANNA, 100)).toBe(LIMITS.loginFailuresPerPairFree);
  });

  test("from very many networks they delay strangers by a minute at most, and devices that are known not at all", () => {
    const { attempts, waitOf, fail, pass } = openScene();
    let guesses = 0;
    // An attacker who never rests, with 250 networks, for a day; the account's owner comes every hour.
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      guesses += fail(from(minute % 250), 5);
      const wait = waitOf(ANNA);
      expect(wait).toBeLessThanOrEqual(LIMITS.loginWaitMsMax);
      if (minute % 60 === 0) {
        expect(waitOf(AT_HOME)).toBe(0);
        attempts.enter(AT_HOME).succeeded();
      }
      pass(MINUTE);
    }
    expect(guesses).toBeLessThan(24 * 60 + LIMITS.loginFailuresPerAccountFree + 10);
  });

  test("of a whole network over all accounts delay its strangers, and its known devices not at all", () => {
    const { waitOf, fail } = openScene();
    for (let n = 0; n < LIMITS.loginFailuresPerAddressFree; n += 1)
      fail({ ...ANNA, email: `nobody-${n}@people.test` }, 1);
    expect(waitOf(ANNA)).toBeGreaterThan(0);
    expect(waitOf(AT_HOME)).toBe(0);
    expect(waitOf(from(1))).toBe(0);
  });

  test("of a known device are its own: they delay itself, no other device and no stranger", () => {
    const { waitOf, fail } = openScene();
    expect(fail(AT_HOME, 100)).toBe(LIMITS.loginFailuresPerPairFree);
    expect(waitOf(AT_HOME)).toBeGreaterThan(0);
    expect(waitOf({ ...AT_HOME, device: "phone" })).toBe(0);
    expect(waitOf({ ...AT_HOME, email: "ben@people.test" })).toBe(0);
    expect(waitOf(ANNA)).toBe(0);
  });
});

import { expect, it } from "vitest";
import { listAudit } from "../access/index.ts";
import { type EvalWorld, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { listLabelMoves } from "./list-label-moves.ts";
import { moveLabel } from "./move-label.ts";
import { removeGate } from "./remove-gate.ts";
import { rollbackLabel } from "./rollback-label.ts";
import { setGate } from "./set-gate.ts";
import { clauseOf, PRODUCTION, refusalOf, servedVersion, standingOf } from "./testing/promotion-probes.ts";

const HOUR_MS = 3_600_000;
const REASON = "the provider is down";

function overrideFor(world: EvalWorld, hours: number) {
  const now = world.test.platform.now().getTime();
  return { reason: REASON, expiresAt: new Date(now + hours * HOUR_MS).toISOString() };
}

function rollBack(world: EvalWorld, version?: number) {
  const target = version === undefined ? {} : { version };
  return rollbackLabel(world.airline, { prompt: "triage", label: "production", reason: "worse", ...target });
}

describeEachPlatform("an override", (open) => {
  /** Version 1 is proven, version 2 is bad and was never measured. */
  const provenWorld = async () => {
    const world = await openEvalWorld(open);
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    await world.addVersion("skill 0");
    await world.addVersion("skill 30");
    await world.evaluate(1);
    await moveLabel(world.airline, { ...PRODUCTION, version: 1 });
    return world;
  };

  it("moves the label without evidence, says so, and ends by itself", async () => {
    await using world = await provenWorld();
    const { airline } = world;
    const override = overrideFor(world, 4);
    const answer = await moveLabel(airline, { ...PRODUCTION, version: 2, override });
    const standing = { kind: "overridden", ...override };
    expect(answer).toMatchObject({ moved: true, verdict: null, label: { version: 2, standing } });
    expect(await servedVersion(airline)).toBe(2);
    const { items } = await listAudit(airline, { limit: 1 });
    expect(items[0]).toMatchObject({ action: "label.move", details: { kind: "override", reason: REASON } });

    world.passMs(4 * HOUR_MS);
    expect(await servedVersion(airline)).toBe(1);
    expect(await standingOf(airline)).toMatchObject({ kind: "proven" });
  });

  it("leaves no label behind when there was none before it", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    await world.addVersion("skill 0");
    await moveLabel(airline, { ...PRODUCTION, version: 1, override: overrideFor(world, 1) });
    world.passMs(HOUR_MS);
    expect(await refusalOf(servedVersion(airline))).toMatchObject({ code: "not_found" });
    expect(await standingOf(airline)).toBeUndefined();
  });

  it("is not prolonged by a second one, which falls back to the same proven version", async () => {
    await using world = await provenWorld();
    const { airline } = world;
    await world.addVersion("skill 40");
    await moveLabel(airline, { ...PRODUCTION, version: 2, override: overrideFor(world, 1) });
    await moveLabel(airline, { ...PRODUCTION, version: 3, override: overrideFor(world, 2) });
    world.passMs(2 * HOUR_MS);
    expect(await servedVersion(airline)).toBe(1);
  });

  it("does not lower the bar: its version is still compared with the proven one", async () => {
    await using world = await provenWorld();
    const { airline } = world;
    await moveLabel(airline, { ...PRODUCTION, version: 2, override: overrideFor(world, 4) });
    await world.evaluate(2);
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version: 2 }));
    expect(clauseOf(refusal, "maxRegression")).toMatchObject({ outcome: "fail" });
  });

  it("is cleared by a move of the same version on passing evidence", async () => {
    await using world = await provenWorld();
    const { airline } = world;
    const version = await world.addVersion("unskill 60");
    await moveLabel(airline, { ...PRODUCTION, version, override: overrideFor(world, 4) });
    await world.putSuite({
      gate: { label: "production", minCases: 30, maxErrors: 0, noFlips: ["critical"], maxRegression: 0.1 },
    });
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    const run = await world.evaluate(version);
    await moveLabel(airline, { ...PRODUCTION, version });
    world.passMs(5 * HOUR_MS);
    expect(await servedVersion(airline)).toBe(version);
    expect(await standingOf(airline)).toEqual({ kind: "proven", runId: run.id });
  });

  it("needs its own scope, a gate to override, and an expiry within bounds", async () => {
    await using world = await provenWorld();
    const { airline } = world;
    const move = { ...PRODUCTION, version: 2, override: overrideFor(world, 4) };
    const promoter = callerWith(airline, { scopes: ["read", "use", "promote"] });
    expect(await refusalOf(moveLabel(promoter, move))).toMatchObject({ code: "scope_missing" });
    for (const hours of [-1, 0, 24 * 8]) {
      const override = overrideFor(world, hours);
      const refusal = await refusalOf(moveLabel(airline, { ...move, override }));
      expect(refusal).toMatchObject({ code: "invalid_input" });
    }
    await removeGate(airline, { prompt: "triage", label: "production" });
    expect(await refusalOf(moveLabel(airline, move))).toMatchObject({ code: "invalid_input" });
    expect(await servedVersion(airline)).toBe(1);
  });
});

describeEachPlatform("a rollback", (open) => {
  /** `production` held versions 1, 2 and 3, each proven; version 4 is bad. */
  const movedWorld = async () => {
    const world = await openEvalWorld(open);
    await world.putSuite({ gate: { label: "production", minCases: 30, maxErrors: 0, noFlips: [] } });
    await setGate(world.airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    for (const text of ["skill 3", "skill 2", "skill 1"]) {
      const version = await world.addVersion(text);
      await world.evaluate(version);
      await moveLabel(world.airline, { ...PRODUCTION, version });
    }
    await world.addVersion("skill 60");
    return world;
  };

  it("needs no evidence, not even current one", async () => {
    await using world = await movedWorld();
    await world.importCases(70);
    expect(await rollBack(world, 1)).toMatchObject({ version: 1, standing: { kind: "rolled_back" } });
    expect(await servedVersion(world.airline)).toBe(1);
    const moves = await listLabelMoves(world.airline, { prompt: "triage", label: "production", limit: 1 });
    expect(moves.items[0]).toMatchObject({ kind: "rollback", fromVersion: 3, toVersion: 1, reason: "worse" });
    expect(moves.nextCursor).not.toBeNull();
  });

  it("goes back one step at a time and never forth", async () => {
    await using world = await movedWorld();
    expect((await rollBack(world)).version).toBe(2);
    expect((await rollBack(world)).version).toBe(1);
    expect(await refusalOf(rollBack(world))).toMatchObject({ code: "conflict" });
  });

  it("comes to an end also where a version came twice", async () => {
    await using world = await movedWorld();
    await moveLabel(world.airline, { ...PRODUCTION, version: 2 });
    for (const version of [3, 2, 1]) expect((await rollBack(world)).version).toBe(version);
    expect(await refusalOf(rollBack(world))).toMatchObject({ code: "conflict" });
  });

  it("goes on from where a rollback by number has brought the label", async () => {
    await using world = await movedWorld();
    await rollBack(world, 1);
    await rollBack(world, 3);
    expect((await rollBack(world)).version).toBe(2);
    await moveLabel(world.airline, { ...PRODUCTION, version: 4, override: overrideFor(world, 1) });
    expect((await rollBack(world)).version).toBe(2);
    expect((await rollBack(world)).version).toBe(1);
  });

  it("is refused to a version that never held the label in its own right", async () => {
    await using world = await movedWorld();
    expect(await refusalOf(rollBack(world, 4))).toMatchObject({ code: "conflict" });
    await moveLabel(world.airline, { ...PRODUCTION, version: 4, override: overrideFor(world, 1) });
    expect((await rollBack(world)).version).toBe(3);
    expect(await refusalOf(rollBack(world, 4))).toMatchObject({ code: "conflict" });
    expect(await refusalOf(rollBack(world, 3))).toMatchObject({ code: "conflict" });
  });

  it("is refused for what does not exist, and to a confined key", async () => {
    await using world = await movedWorld();
    const at = { prompt: "triage", label: "production", reason: "worse" };
    expect(await refusalOf(rollBack(world, 9))).toMatchObject({ code: "not_found" });
    expect(await refusalOf(rollbackLabel(world.airline, { ...at, label: "staging" }))).toMatchObject({
      code: "not_found",
    });
    const confined = callerWith(world.airline, { labels: ["staging"] });
    expect(await refusalOf(rollbackLabel(confined, at))).toMatchObject({ code: "scope_missing" });
  });
});

import { AppError } from "@assay/core";
import { expect, it } from "vitest";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { listLabelMoves } from "./list-label-moves.ts";
import { listLabels } from "./list-labels.ts";
import { moveLabel } from "./move-label.ts";
import { setGate } from "./set-gate.ts";
import { PRODUCTION, refusalOf, servedVersion } from "./testing/promotion-probes.ts";

const MOVES = 100;

describeEachPlatform("moves at the same time", (open) => {
  it("let exactly one of a hundred win each compare-and-set, while readers always see a version", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await world.putSuite({ gate: { label: "production", minCases: 30, maxErrors: 0, noFlips: [] } });
    await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
    for (const text of ["skill 0", "skill 1", "skill 2"]) await world.evaluate(await world.addVersion(text));
    await moveLabel(airline, { ...PRODUCTION, version: 1 });

    let isOver = false;
    const seen = new Set<number>();
    const reading = (async () => {
      while (!isOver) {
        seen.add(await servedVersion(airline));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const moves = Array.from({ length: MOVES }, (_, index) =>
      moveLabel(airline, { ...PRODUCTION, version: 2 + (index % 2), expectedVersion: 1 }),
    );
    const outcomes = await Promise.allSettled(moves);
    isOver = true;
    await reading;

    const won = outcomes.filter(({ status }) => status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "fulfilled") continue;
      expect(outcome.reason).toBeInstanceOf(AppError);
      expect(outcome.reason).toMatchObject({ code: "version_conflict" });
    }
    const present = await servedVersion(airline);
    expect([...seen].every((version) => version === 1 || version === present)).toBe(true);
    const { items } = await listLabelMoves(airline, { prompt: "triage", label: "production", limit: 10 });
    expect(items.map(({ toVersion }) => toVersion)).toEqual([present, 1]);
  });

  it("let exactly one create a label that is expected not to exist", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await world.addVersion("skill 0");
    const move = { ...PRODUCTION, version: 1, expectedVersion: null };
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => moveLabel(airline, move)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listLabels(airline, { prompt: "triage" })).items).toMatchObject([
      { name: "production", version: 1, isProtected: false, standing: { kind: "unprotected" } },
    ]);
  });

  it("name the present version when they come too late", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await world.addVersion("skill 0");
    await world.addVersion("skill 1");
    await moveLabel(airline, { ...PRODUCTION, version: 2 });
    const refusal = await refusalOf(moveLabel(airline, { ...PRODUCTION, version: 1, expectedVersion: 1 }));
    expect(refusal).toMatchObject({ code: "version_conflict", details: { presentVersion: 2 } });
    expect(
      await refusalOf(moveLabel(airline, { ...PRODUCTION, version: 1, expectedVersion: null })),
    ).toMatchObject({ code: "version_conflict" });
  });

  it("leave `latest` to the server", async () => {
    await using world = await openEvalWorld(open);
    await world.addVersion("skill 0");
    const move = { ...PRODUCTION, label: "latest", version: 1 };
    expect(await refusalOf(moveLabel(world.airline, move))).toMatchObject({ code: "invalid_input" });
  });
});

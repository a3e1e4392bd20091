import { expect, it } from "vitest";
import { listAudit } from "../access/index.ts";
import { createDataset } from "../datasets/create-dataset.ts";
import { GATE, openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { createPrompt } from "../registry/create-prompt.ts";
import { putSuite } from "../registry/put-suite.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { listGates } from "./list-gates.ts";
import { moveLabel } from "./move-label.ts";
import { removeGate } from "./remove-gate.ts";
import { setGate } from "./set-gate.ts";
import { PRODUCTION, refusalOf, standingOf } from "./testing/promotion-probes.ts";

const AT = { prompt: "triage", label: "production" };

describeEachPlatform("a gate", (open) => {
  it("pins the suite version it was set with, is listed and removed, and leaves an audit entry each time", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    const set = await setGate(airline, { ...AT, suite: "triage-suite" });
    expect(set).toMatchObject({ ...AT, suite: "triage-suite", suiteVersion: 1, policy: GATE });
    expect(set).toMatchObject({ dataset: "tickets", datasetVersion: 1 });
    await world.importCases(70);
    await world.putSuite({ gate: { ...GATE, minCases: 31 } });
    expect(await listGates(airline, { prompt: "triage" })).toEqual({ items: [set] });
    const older = await setGate(airline, { ...AT, suite: "triage-suite", suiteVersion: 2 });
    expect(older).toMatchObject({ policy: { minCases: 31 }, datasetVersion: 2 });
    const cases = { suite: "triage-suite", datasetVersion: 1 };
    expect(await setGate(airline, { ...AT, ...cases })).toMatchObject({ suiteVersion: 2, datasetVersion: 1 });

    await removeGate(airline, AT);
    expect(await listGates(airline, { prompt: "triage" })).toEqual({ items: [] });
    expect(await refusalOf(removeGate(airline, AT))).toMatchObject({ code: "not_found" });
    const { items } = await listAudit(airline, { limit: 10 });
    expect(items.map(({ action }) => action).filter((action) => action.startsWith("gate."))).toEqual([
      "gate.remove",
      "gate.set",
      "gate.set",
      "gate.set",
    ]);
  });

  it("takes only a suite of its prompt with a gate block for its label", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await createPrompt(airline, { slug: "other", description: "" });
    const spec = { dataset: "tickets", scorers: [{ type: "is-json", weight: 1, options: {} }] };
    const scored = { ...spec, repeats: 1, passScore: 1 };
    await putSuite(airline, { suite: "of-other", prompt: "other", ...scored, gate: GATE });
    await putSuite(airline, { suite: "no-gate", prompt: "triage", ...scored });
    const staging = { ...GATE, label: "staging" };
    await putSuite(airline, { suite: "of-staging", prompt: "triage", ...scored, gate: staging });
    for (const suite of ["of-other", "no-gate", "of-staging"]) {
      expect(await refusalOf(setGate(airline, { ...AT, suite }))).toMatchObject({ code: "invalid_input" });
    }
    expect(await refusalOf(setGate(airline, { ...AT, suite: "nothing" }))).toMatchObject({
      code: "not_found",
    });
    expect(
      await refusalOf(setGate(airline, { ...AT, label: "latest", suite: "triage-suite" })),
    ).toMatchObject({ code: "invalid_input" });
    expect(
      await refusalOf(setGate(airline, { ...AT, suite: "triage-suite", suiteVersion: 7 })),
    ).toMatchObject({ code: "not_found" });
    expect(
      await refusalOf(setGate(airline, { ...AT, suite: "triage-suite", datasetVersion: 7 })),
    ).toMatchObject({ code: "not_found" });
    await createDataset(airline, { slug: "empty", description: "" });
    await putSuite(airline, { suite: "no-cases", prompt: "triage", ...scored, dataset: "empty", gate: GATE });
    expect(await refusalOf(setGate(airline, { ...AT, suite: "no-cases" }))).toMatchObject({
      code: "invalid_input",
    });
    expect(await refusalOf(setGate(world.bank, { ...AT, suite: "triage-suite" }))).toMatchObject({
      code: "not_found",
    });
  });

  it("shows a label that was moved before it as not proven", async () => {
    await using world = await openEvalWorld(open);
    const { airline } = world;
    await world.addVersion("skill 0");
    await moveLabel(airline, { ...PRODUCTION, version: 1 });
    expect(await standingOf(airline)).toEqual({ kind: "unprotected" });
    await setGate(airline, { ...AT, suite: "triage-suite" });
    expect(await standingOf(airline)).toEqual({ kind: "unproven" });
  });
});

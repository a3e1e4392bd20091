import { LIMITS, SuiteSpec } from "@assay/core";
import { listAuditRows, newId } from "@assay/store";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { createDataset } from "../datasets/create-dataset.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { createPrompt } from "./create-prompt.ts";
import { getSuite } from "./get-suite.ts";
import { listScorers } from "./list-scorers.ts";
import { listSuites } from "./list-suites.ts";
import { putSuite } from "./put-suite.ts";

const spec = SuiteSpec.parse({ prompt: "greet", dataset: "triage", scorers: [{ type: "exact-match" }] });

async function prepare(context: Context): Promise<void> {
  for (const slug of ["greet", "other"]) await createPrompt(context, { slug, description: "" });
  await createDataset(context, { slug: "triage", description: "" });
}

describeEachPlatform("suites", (open) => {
  test("a suite is stored, and changed content becomes its next version", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await prepare(airline);
    const first = await putSuite(airline, { suite: "accuracy", ...spec });
    expect(first).toMatchObject({ slug: "accuracy", version: 1, spec });
    expect(await putSuite(airline, { suite: "accuracy", ...spec })).toEqual(first);
    const second = await putSuite(airline, { suite: "accuracy", ...spec, repeats: 3 });
    expect(second).toMatchObject({ id: first.id, version: 2, spec: { repeats: 3 } });
    expect(await getSuite(airline, { suite: "accuracy" })).toEqual(second);
    expect((await putSuite(airline, { suite: "accuracy", ...spec })).version).toBe(3);
    const entries = await airline.tenant.read((tx) => listAuditRows(tx, { limit: 10 }));
    const puts = entries.filter(({ action }) => action === "suite.put").map(({ object }) => object);
    expect(puts).toEqual(["accuracy@3", "accuracy@2", "accuracy@1"]);
  });

  test("a suite that is put at once with the same content is stored once", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await prepare(airline);
    const same = await Promise.all([1, 2, 3, 4].map(() => putSuite(airline, { suite: "accuracy", ...spec })));
    expect(new Set(same.map(({ id, version }) => `${id} ${version}`)).size).toBe(1);
    const different = await Promise.all(
      [2, 3, 4].map((repeats) => putSuite(airline, { suite: "accuracy", ...spec, repeats })),
    );
    expect(different.map(({ version }) => version).sort()).toEqual([2, 3, 4]);
  });

  test("its prompt and dataset must exist in the tenant, and its scorers be right", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    await prepare(airline);
    await createPrompt(bank, { slug: "greet", description: "" });
    await expect(putSuite(bank, { suite: "s", ...spec })).rejects.toThrow("There is no such dataset.");
    await expect(putSuite(airline, { suite: "s", ...spec, prompt: "nothing" })).rejects.toThrow(
      "There is no such prompt.",
    );
    const scorers = [{ type: "no-such-scorer", weight: 1, options: {} }];
    await expect(putSuite(airline, { suite: "s", ...spec, scorers })).rejects.toMatchObject({
      code: "invalid_input",
    });
    for (const tenant of [airline, bank]) expect((await listSuites(tenant, { limit: 1 })).items).toEqual([]);
  });

  test("another tenant's suite is as unknown as one that does not exist", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    await prepare(airline);
    await putSuite(airline, { suite: "accuracy", ...spec });
    for (const suite of ["accuracy", "nothing"]) {
      await expect(getSuite(bank, { suite })).rejects.toThrow("There is no such suite.");
    }
    expect((await listSuites(bank, { limit: 10 })).items).toEqual([]);
    await prepare(bank);
    expect((await putSuite(bank, { suite: "accuracy", ...spec, repeats: 2 })).version).toBe(1);
    expect((await getSuite(airline, { suite: "accuracy" })).spec.repeats).toBe(1);
  });

  test("a key that is confined to some prompts sees and touches no suite of another", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await prepare(airline);
    await putSuite(airline, { suite: "accuracy", ...spec });
    await putSuite(airline, { suite: "beside", ...spec, prompt: "other" });
    const confined = callerWith(airline, { prompts: ["greet"] });
    const page = await listSuites(confined, { limit: 10 });
    expect(page.items.map(({ slug }) => slug)).toEqual(["accuracy"]);
    for (const work of [
      () => getSuite(confined, { suite: "beside" }),
      () => putSuite(confined, { suite: "new", ...spec, prompt: "other" }),
      // Taking over a suite would change what guards the other prompt.
      () => putSuite(confined, { suite: "beside", ...spec }),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: "scope_missing" });
    }
    expect((await getSuite(airline, { suite: "beside" })).version).toBe(1);
  });

  test("the list shows each suite in its newest version, page by page", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await prepare(airline);
    for (const suite of ["b", "a", "c"]) await putSuite(airline, { suite, ...spec });
    for (const repeats of [2, 3]) await putSuite(airline, { suite: "a", ...spec, repeats });
    const first = await listSuites(airline, { limit: 2 });
    expect(first.items).toMatchObject([
      { slug: "a", version: 3, spec: { repeats: 3 } },
      { slug: "b", version: 1 },
    ]);
    const second = await listSuites(airline, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ slug: "c" }], nextCursor: null });
  });

  test("a tenant has no more suites than it may, but those it has can change", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await prepare(airline);
    await putSuite(airline, { suite: "accuracy", ...spec });
    const rows = Array.from({ length: LIMITS.suitesPerTenantMax - 1 }, (_, index) => ({
      id: newId("suite"),
      slug: `s${index}`,
      createdAt: new Date(),
    }));
    await airline.tenant.record((tx) => tx.insertMany(tx.tables.suites, rows));
    await expect(putSuite(airline, { suite: "more", ...spec })).rejects.toMatchObject({ code: "conflict" });
    expect((await putSuite(airline, { suite: "accuracy", ...spec, repeats: 2 })).version).toBe(2);
  });

  test("scorers are listed with the schema of their options", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const { items } = await listScorers(airline, {});
    expect(items.map(({ type }) => type)).toContain("exact-match");
    for (const { options } of items) expect(options).toMatchObject({ type: "object" });
  });
});

import { LIMITS } from "@assay/core";
import { describe, expect, test } from "vitest";
import { describeEachPlatform } from "../testing/index.ts";
import { getCase } from "./get-case.ts";
import { getCaseFacets } from "./get-case-facets.ts";
import { listCaseKeys } from "./list-case-keys.ts";
import { listCaseWindow } from "./list-case-window.ts";
import { datasetOfCases } from "./testing/dataset-of-cases.ts";
import { VersionMemory } from "./version-memory.ts";

const CASES = [
  { key: "b", variables: { q: 'He said "hi"\nLOUDLY' }, tags: ["x"], group: "g2" },
  { key: "a", messages: [{ role: "user" as const, content: "Where is my bag?" }], expected: { n: 41 } },
  { key: "c", variables: { q: "żółw", r: 5 }, tags: ["x", "y"], group: "g1" },
  { key: "d", variables: { q: "=cmd" }, tags: ["y"] },
];
const AT = { dataset: "cases", version: 1 } as const;
const WINDOW = { ...AT, offset: 0, limit: 50, order: "dataset" } as const;

describeEachPlatform("the cases of a version", (open) => {
  test("are shown by place, as rows, with how many there are", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    const window = await listCaseWindow(airline, { ...WINDOW, offset: 1, limit: 2 });
    expect(window).toEqual({
      offset: 1,
      count: 4,
      items: [
        { position: 1, key: "a", input: "Where is my bag?", expected: '{"n":41}', tags: [], group: null },
        { position: 2, key: "c", input: "q: żółw · r: 5", expected: null, tags: ["x", "y"], group: "g1" },
      ],
    });
    expect(await listCaseWindow(airline, { ...WINDOW, offset: 4 })).toEqual({
      items: [],
      offset: 4,
      count: 4,
    });
  });

  test("are found by text, tag and group, and put in an order", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    const keys = async (wanted: object) => {
      const { items, count } = await listCaseWindow(airline, { ...WINDOW, ...wanted });
      expect(count).toBe(items.length);
      return items.map(({ key }) => key).join("");
    };
    expect(await keys({ q: "BAG" })).toBe("a");
    expect(await keys({ q: 'said "hi"\nloud' })).toBe("b");
    expect(await keys({ q: "ŻÓŁW" })).toBe("c");
    expect(await keys({ q: "41" })).toBe("a");
    // Names of members are no text of a case.
    expect(await keys({ q: "variables" })).toBe("");
    expect(await keys({ q: "" })).toBe("bacd");
    expect(await keys({ tag: "x" })).toBe("bc");
    expect(await keys({ tag: "y", group: "g1" })).toBe("c");
    expect(await keys({ group: "x" })).toBe("");
    expect(await keys({ order: "key" })).toBe("abcd");
    expect(await keys({ order: "group" })).toBe("cbad");
    expect(await keys({ order: "key", offset: 1, tag: "y" }).catch(() => "counted")).toBe("counted");
    expect((await listCaseKeys(airline, { ...AT, tag: "y" })).keys).toEqual(["c", "d"]);
    expect((await listCaseKeys(airline, AT)).keys).toEqual(["b", "a", "c", "d"]);
  });

  test("are counted by tag and group, and opened by key", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    expect(await getCaseFacets(airline, AT)).toEqual({
      cases: 4,
      tagCount: 2,
      tags: [
        { name: "x", cases: 2 },
        { name: "y", cases: 2 },
      ],
      groupCount: 2,
      groups: [
        { name: "g1", cases: 1 },
        { name: "g2", cases: 1 },
      ],
      ungrouped: 2,
    });
    expect(await getCase(airline, { ...AT, key: "d" })).toEqual({ position: 3, case: CASES[3] });
    await expect(getCase(airline, { ...AT, key: "e" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("are those of the tenant that asks, whatever another has found before", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    await datasetOfCases(bank, "cases", [{ key: "theirs", variables: { q: "bag" }, tags: ["x"] }]);
    for (const [context, key] of [
      [airline, "a"],
      [bank, "theirs"],
      [airline, "a"],
    ] as const) {
      expect((await listCaseWindow(context, { ...WINDOW, q: "bag" })).items).toMatchObject([{ key }]);
    }
    expect((await getCaseFacets(bank, AT)).tags).toEqual([{ name: "x", cases: 1 }]);
    await expect(getCase(bank, { ...AT, key: "a" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("are never listed by key beyond what can be changed at once", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const many = Array.from({ length: LIMITS.caseChangesMax + 1 }, (_, n) => ({
      variables: { n },
      tags: ["t"],
    }));
    await datasetOfCases(airline, "cases", many);
    const tooMany = { code: "invalid_input", details: { count: many.length } };
    await expect(listCaseKeys(airline, AT)).rejects.toMatchObject(tooMany);
    await expect(listCaseKeys(airline, { ...AT, tag: "t" })).rejects.toMatchObject(tooMany);
  });
});

describe("what is remembered of versions", () => {
  const remembered = (bytes: number) => async () => ({ value: bytes, bytes });

  test("is worked out once, and kept apart by tenant", async () => {
    const memory = new VersionMemory({ bytesMax: 1e6, bytesPerTenantMax: 1e6 });
    let works = 0;
    const ask = (tenantId: string) =>
      memory.recall({ tenantId, key: "k" }, async () => {
        works += 1;
        return { value: tenantId, bytes: 1 };
      });
    expect(await Promise.all([ask("one"), ask("one"), ask("two"), ask("one")])).toEqual([
      "one",
      "one",
      "two",
      "one",
    ]);
    expect(works).toBe(2);
  });

  test("stays within a tenant's share, which takes nothing from another", async () => {
    const memory = new VersionMemory({ bytesMax: 1e9, bytesPerTenantMax: 10_000 });
    await memory.recall({ tenantId: "other", key: "kept" }, remembered(5_000));
    for (let n = 0; n < 50; n++) await memory.recall({ tenantId: "one", key: `${n}` }, remembered(4_000));
    expect(memory.bytes).toBeLessThanOrEqual(20_000);
    let isAskedAgain = false;
    await memory.recall({ tenantId: "other", key: "kept" }, async () => {
      isAskedAgain = true;
      return { value: 0, bytes: 0 };
    });
    expect(isAskedAgain).toBe(false);
  });

  test("stays within the bounds of all tenants together", async () => {
    const memory = new VersionMemory({ bytesMax: 20_000, bytesPerTenantMax: 10_000 });
    for (let n = 0; n < 50; n++) await memory.recall({ tenantId: `t${n}`, key: "k" }, remembered(4_000));
    await memory.recall({ tenantId: "large", key: "k" }, remembered(50_000));
    expect(memory.bytes).toBeLessThanOrEqual(20_000);
  });

  test("is worked out again after work that failed", async () => {
    const memory = new VersionMemory({ bytesMax: 1e6, bytesPerTenantMax: 1e6 });
    const at = { tenantId: "one", key: "k" };
    await expect(memory.recall(at, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await memory.recall(at, remembered(7))).toBe(7);
  });
});

import { type DatasetChanges, LIMITS } from "@assay/core";
import { countStoredCases, listAuditRows } from "@assay/store";
import { expect, test } from "vitest";
import { describeEachPlatform } from "../testing/index.ts";
import { changeDataset } from "./change-dataset.ts";
import { createDataset } from "./create-dataset.ts";
import { diffDatasetVersions } from "./diff-dataset-versions.ts";
import { importDataset } from "./import-dataset.ts";
import { listCases } from "./list-cases.ts";
import { datasetOfCases, textOf } from "./testing/dataset-of-cases.ts";

const CASES = [
  { key: "a", variables: { q: 1 }, tags: ["x"] },
  { key: "b", variables: { q: 2 }, expected: "two", tags: ["x", "y"], group: "g" },
  { key: "c", variables: { q: 3 }, tags: [] },
];
const changes = (some: Partial<DatasetChanges>) => ({
  dataset: "cases",
  base: 1,
  note: "",
  changed: [],
  removed: [],
  added: [],
  ...some,
});

describeEachPlatform("changes of a dataset", (open) => {
  test("make its next version: what stays in its order, what is new after it", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    const { created, version } = await changeDataset(
      airline,
      changes({
        note: "Two was wrong.",
        changed: [
          { key: "b", expected: "2", clear: ["group"], addTags: ["z"], removeTags: ["x"] },
          { key: "c", tags: ["t"], variables: { q: 4 } },
        ],
        removed: ["a"],
        added: [{ key: "a", variables: { q: 9 }, tags: [] }],
      }),
    );
    expect(created).toBe(true);
    expect(version).toMatchObject({
      version: 2,
      caseCount: 3,
      note: "Two was wrong.",
      createdBy: expect.any(String),
    });
    const after = [
      { key: "b", variables: { q: 2 }, expected: "2", tags: ["y", "z"] },
      { key: "c", variables: { q: 4 }, tags: ["t"] },
      { key: "a", variables: { q: 9 }, tags: [] },
    ];
    expect((await listCases(airline, { dataset: "cases", version: 2, limit: 10 })).items).toEqual(after);
    // The hash is that of an import of the same cases.
    const again = await datasetOfCases(airline, "cases", after);
    expect(again).toMatchObject({ created: false, version: { contentHash: version.contentHash } });
    const [entry] = await airline.tenant.read((tx) => listAuditRows(tx, { limit: 1 }));
    expect(entry).toMatchObject({
      action: "dataset_version.change",
      object: "cases@2",
      details: { base: 1, changed: 2, removed: 1, added: 1 },
    });
  });

  test("that come to what is there make no version, also when they are sent twice", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    const same = changes({ changed: [{ key: "a", variables: { q: 1 } }] });
    expect(await changeDataset(airline, same)).toMatchObject({ created: false, version: { version: 1 } });
    const once = changes({ removed: ["a"] });
    expect(await changeDataset(airline, once)).toMatchObject({ created: true, version: { version: 2 } });
    expect(await changeDataset(airline, once)).toMatchObject({ created: false, version: { version: 2 } });
    expect(await airline.tenant.read(countStoredCases)).toBe(5);
  });

  test("on a version that is not the newest any more are refused with the newest", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    await datasetOfCases(airline, "cases", CASES.slice(1));
    const late = changeDataset(airline, changes({ changed: [{ key: "b", expected: 1 }] }));
    await expect(late).rejects.toMatchObject({ code: "version_conflict", details: { presentVersion: 2 } });
    await datasetOfCases(airline, "cases", CASES.slice(2));
    const later = changeDataset(airline, changes({ changed: [{ key: "b", expected: 1 }] }));
    await expect(later).rejects.toMatchObject({ details: { presentVersion: 3 } });
    await expect(changeDataset(airline, changes({ base: 4 }))).rejects.toMatchObject({
      code: "version_conflict",
    });
    expect(await airline.tenant.read(countStoredCases)).toBe(6);
  });

  test("by two at once make one version, the other is told", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    const outcomes = await Promise.allSettled(
      ["a", "b", "c"].map((key) => changeDataset(airline, changes({ removed: [key] }))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "version_conflict" });
    }
    expect(await airline.tenant.read(countStoredCases)).toBe(5);
  });

  test("that cannot be made are refused by key, all together, and leave nothing", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    const wrong = changes({
      changed: [
        { key: "a", clear: ["variables"] },
        { key: "b", variables: { q: "\0" } },
        { key: "b" },
        { key: "no" },
        { key: "c", variables: { q: "x".repeat(LIMITS.caseBytesMax) } },
      ],
      removed: ["nor", "a"],
      added: [{ key: "c", variables: {}, tags: [] }],
    });
    const error = await changeDataset(airline, wrong).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: "dataset_invalid" });
    const { errors } = (error as { details: { errors: { key: string; message: string }[] } }).details;
    expect(errors.map(({ key, message }) => `${key} ${message}`)).toEqual([
      "b is changed twice",
      "a is changed and removed",
      "b cannot be kept: a text contains a NUL character",
      "c is added, and a case of this key is there already",
      expect.stringContaining("c is longer than"),
      "no is changed, and there is no such case",
      "nor is removed, and there is no such case",
    ]);
    const none = changeDataset(airline, changes({ removed: ["a", "b", "c"] }));
    await expect(none).rejects.toMatchObject({ code: "dataset_invalid" });
    expect(await airline.tenant.read(countStoredCases)).toBe(3);
  });

  test("begin a dataset that has no version yet, and another tenant's is none", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    const added = [{ key: "a", variables: {}, tags: [] }];
    await expect(changeDataset(airline, changes({ base: null, added }))).rejects.toMatchObject({
      code: "not_found",
    });
    await createDataset(airline, { slug: "cases", description: "" });
    const theirs = changeDataset(bank, changes({ base: null, added }));
    await expect(theirs).rejects.toMatchObject({ code: "not_found" });
    expect(await changeDataset(airline, changes({ base: null, added }))).toMatchObject({
      version: { version: 1 },
    });
  });

  test("are told apart from each other, page by page", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    await changeDataset(
      airline,
      changes({
        changed: [{ key: "b", expected: "2", clear: ["group"] }],
        removed: ["a"],
        added: [{ key: "d", variables: {}, tags: [] }],
      }),
    );
    const diff = (input: object) =>
      diffDatasetVersions(airline, { dataset: "cases", version: 2, from: 1, offset: 0, limit: 50, ...input });
    const { items, ...counts } = await diff({});
    expect(counts).toEqual({ added: 1, changed: 1, removed: 1 });
    expect(items).toEqual([
      {
        key: "b",
        kind: "changed",
        fields: ["expected", "group"],
        before: CASES[1],
        after: expect.anything(),
        isShortened: false,
      },
      { key: "d", kind: "added", fields: [], before: null, after: expect.anything(), isShortened: false },
      { key: "a", kind: "removed", fields: [], before: CASES[0], after: null, isShortened: false },
    ]);
    expect((await diff({ offset: 1, limit: 1 })).items).toMatchObject([{ key: "d" }]);
    expect(await diff({ version: 1 })).toEqual({ added: 0, changed: 0, removed: 0, items: [] });
    expect(await diff({ version: 1, from: 2 })).toMatchObject({ added: 1, changed: 1, removed: 1 });
    await expect(diff({ from: 3 })).rejects.toMatchObject({ code: "not_found" });
  });

  test("an import can put rows after the cases that are there, under names that are free", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    const append = (text: string, more = {}) =>
      importDataset(airline, {
        dataset: "cases",
        format: "csv",
        mode: "append",
        text: textOf(text),
        ...more,
      });
    expect(await append("input\nhello\n")).toMatchObject({ version: { version: 2, caseCount: 4 } });
    const { items } = await listCases(airline, { dataset: "cases", version: 2, limit: 10 });
    expect(items.map(({ key }) => key)).toEqual(["a", "b", "c", "row-4"]);
    await expect(append("key,input\na,x\n")).rejects.toMatchObject({
      details: { errors: [{ row: 2, message: expect.stringContaining("already") }] },
    });
    const mapping = { frage: "input", nr: "key" };
    const rows = "nr,frage,rest\na,x,1\ne,y,2\n";
    expect(await append(rows, { mapping, skipWrong: "true", note: "from the helpdesk" })).toMatchObject({
      skipped: 1,
      version: { version: 3, caseCount: 5, note: "from the helpdesk" },
    });
  });

  test("rows that are appended while another version comes in are refused", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await datasetOfCases(airline, "cases", CASES);
    const text = async function* () {
      yield "key,input\n";
      await datasetOfCases(airline, "cases", CASES.slice(1));
      yield "d,x\n";
    };
    const into = { dataset: "cases", format: "csv", mode: "append" } as const;
    const late = importDataset(airline, { ...into, text: text() });
    await expect(late).rejects.toMatchObject({ code: "version_conflict" });
    expect(await airline.tenant.read(countStoredCases)).toBe(5);
  });
});

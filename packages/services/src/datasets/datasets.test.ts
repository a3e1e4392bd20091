import { LIMITS } from "@assay/core";
import { insertDataset, insertDatasetVersion, listAuditRows, newId } from "@assay/store";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { createDataset } from "./create-dataset.ts";
import { getDataset } from "./get-dataset.ts";
import { importDataset } from "./import-dataset.ts";
import { listCases } from "./list-cases.ts";
import { listDatasetVersions } from "./list-dataset-versions.ts";
import { listDatasets } from "./list-datasets.ts";

async function* textOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 1_000) yield text.slice(at, at + 1_000);
}

function jsonl(keys: readonly string[], extra: object = {}): string {
  return keys.map((key) => JSON.stringify({ key, variables: { text: key }, ...extra })).join("\n");
}

function importJsonl(context: Context, text: string, dataset = "triage") {
  return importDataset(context, { dataset, format: "jsonl", text: textOf(text) });
}

async function* untouched(): AsyncGenerator<string> {
  yield await Promise.reject(new Error("the body was read"));
}

const dataset = { slug: "triage", description: "Messages with their topic." };

describeEachPlatform("datasets", (open) => {
  test("an import becomes an immutable version whose cases read back in their order", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    expect(await createDataset(airline, dataset)).toMatchObject({ ...dataset, latestVersion: null });
    const rows = [
      { key: "b", variables: { text: "x" }, expected: { topic: "delay" }, tags: ["critical"], group: "g1" },
      { key: "a", messages: [{ role: "user", content: "héllo 🛫" }], tags: [] },
    ];
    const { created, version } = await importJsonl(
      airline,
      rows.map((row) => JSON.stringify(row)).join("\n"),
    );
    expect(created).toBe(true);
    expect(version).toMatchObject({ dataset: "triage", version: 1, caseCount: 2 });
    const { items } = await listCases(airline, { dataset: "triage", version: 1, limit: 10 });
    expect(items).toEqual(rows);
    expect((await getDataset(airline, { dataset: "triage" })).latestVersion).toBe(1);
    const [entry] = await airline.tenant.read((tx) => listAuditRows(tx, { limit: 1 }));
    expect(entry).toMatchObject({ action: "dataset_version.import", object: "triage@1" });
  });

  test("CSV is read too", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await createDataset(airline, dataset);
    const text = 'key,var.text,expected,tags\nc1,"late, again",delay,critical;held-out\n';
    await importDataset(airline, { dataset: "triage", format: "csv", text: textOf(text) });
    const { items } = await listCases(airline, { dataset: "triage", version: 1, limit: 10 });
    expect(items).toEqual([
      { key: "c1", variables: { text: "late, again" }, expected: "delay", tags: ["critical", "held-out"] },
    ]);
  });

  test("what the newest version holds makes no new one; what an older one held does", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await createDataset(airline, dataset);
    const first = await importJsonl(airline, jsonl(["a", "b"]));
    expect(await importJsonl(airline, jsonl(["a", "b"], { tags: [] }))).toEqual({ ...first, created: false });
    const turned = await importJsonl(airline, jsonl(["b", "a"]));
    expect(turned).toMatchObject({ created: true, version: { version: 2 } });
    const third = await importJsonl(airline, jsonl(["a", "b"]));
    expect(third.version).toMatchObject({ version: 3, contentHash: first.version.contentHash });
    const { items } = await listDatasetVersions(airline, { dataset: "triage", limit: 10 });
    expect(items.map(({ version }) => version)).toEqual([3, 2, 1]);
  });

  test("one bad row refuses the whole import and names the row", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await createDataset(airline, dataset);
    const text = `${jsonl(["a", "b"])}\n{"key": "c"}\n${jsonl(["a"])}`;
    await expect(importJsonl(airline, text)).rejects.toMatchObject({
      code: "dataset_invalid",
      details: { errors: [expect.objectContaining({ row: 3 }), expect.objectContaining({ row: 4 })] },
    });
    expect((await listDatasetVersions(airline, { dataset: "triage", limit: 10 })).items).toEqual([]);
  });

  test("thousands of cases are stored in one go and paged through by position", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await createDataset(airline, dataset);
    const keys = Array.from({ length: 2_501 }, (_, index) => `case-${index}`);
    await importJsonl(airline, jsonl(keys));
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const query = { dataset: "triage", version: 1, limit: 200, ...(cursor ? { cursor } : {}) };
      const page = await listCases(airline, query);
      seen.push(...page.items.map(({ key }) => key));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(keys);
  });

  test("an import lets others have their turn, however large a piece its text comes in", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await createDataset(airline, dataset);
    const text = jsonl(
      Array.from({ length: 2_000 }, (_, index) => `case-${index}`),
      {
        expected: "🛫".repeat(100),
      },
    );
    const whole = async function* () {
      yield text;
    };
    let turns = 0;
    let isDone = false;
    const others = (async () => {
      for (; !isDone; turns++) await new Promise((resolve) => setImmediate(resolve));
    })();
    const { version } = await importDataset(airline, { dataset: "triage", format: "jsonl", text: whole() });
    isDone = true;
    await others;
    expect(version.caseCount).toBe(2_000);
    // One for each piece read, each 200 cases hashed and each 250 stored.
    expect(turns).toBeGreaterThanOrEqual(Math.floor(text.length / 65_536) + 10 + 8);
  });

  test("a version more than a dataset may have, or cases more than a tenant may, are a conflict", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const full = { versionsPer: LIMITS.versionsPerDatasetMax, cases: LIMITS.casesPerTenantMax };
    const { id: datasetId } = await airline.tenant.record((tx) => insertDataset(tx, dataset));
    const draft = { datasetId, contentSha256: "0", caseCount: 1 };
    await airline.tenant.record((tx) => insertDatasetVersion(tx, { ...draft, version: full.versionsPer }));
    await expect(importJsonl(airline, jsonl(["a"]))).rejects.toMatchObject({ code: "conflict" });
    const other = await airline.tenant.record((tx) => insertDataset(tx, { ...dataset, slug: "other" }));
    const rest = { ...draft, datasetId: other.id, version: 1, caseCount: full.cases - 2 };
    await airline.tenant.record((tx) => insertDatasetVersion(tx, rest));
    await importJsonl(airline, jsonl(["a"]), "other");
    await expect(importJsonl(airline, jsonl(["b"]), "other")).rejects.toMatchObject({ code: "conflict" });
  });

  test("imports at once get consecutive numbers, and the same content only one", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await createDataset(airline, dataset);
    const same = await Promise.all([1, 2, 3].map(() => importJsonl(airline, jsonl(["a"]))));
    expect(same.map(({ version }) => version.version)).toEqual([1, 1, 1]);
    const different = await Promise.all(["b", "c", "d"].map((key) => importJsonl(airline, jsonl([key]))));
    expect(different.map(({ version }) => version.version).sort()).toEqual([2, 3, 4]);
  });

  test("another tenant's dataset is as unknown as one that does not exist, and its body is not read", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    await createDataset(airline, dataset);
    await importJsonl(airline, jsonl(["a"]));
    for (const name of ["triage", "nothing"]) {
      const unknown = "There is no such dataset.";
      await expect(getDataset(bank, { dataset: name })).rejects.toThrow(unknown);
      await expect(listDatasetVersions(bank, { dataset: name, limit: 1 })).rejects.toThrow(unknown);
      await expect(listCases(bank, { dataset: name, version: 1, limit: 1 })).rejects.toThrow(unknown);
      await expect(
        importDataset(bank, { dataset: name, format: "jsonl", text: untouched() }),
      ).rejects.toThrow(unknown);
    }
    await expect(listCases(airline, { dataset: "triage", version: 2, limit: 1 })).rejects.toThrow(
      "There is no such version.",
    );
    expect((await listDatasets(bank, { limit: 1 })).items).toEqual([]);
    await createDataset(bank, dataset);
    await importJsonl(bank, jsonl(["z"]));
    const { items } = await listCases(airline, { dataset: "triage", version: 1, limit: 10 });
    expect(items.map(({ key }) => key)).toEqual(["a"]);
  });

  test("a name that is taken, and one dataset more than a tenant may have, are conflicts", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await createDataset(airline, dataset);
    await expect(createDataset(airline, dataset)).rejects.toMatchObject({ code: "conflict" });
    const rows = Array.from({ length: LIMITS.datasetsPerTenantMax }, (_, index) => ({
      id: newId("dataset"),
      slug: `d${index}`,
      description: "",
      createdAt: new Date(),
    }));
    await airline.tenant.record((tx) => tx.insertMany(tx.tables.datasets, rows));
    await expect(createDataset(airline, { ...dataset, slug: "more" })).rejects.toMatchObject({
      code: "conflict",
    });
    const page = await listDatasets(airline, { limit: 2 });
    expect(page.items.map(({ slug }) => slug)).toEqual(["d0", "d1"]);
  });
});

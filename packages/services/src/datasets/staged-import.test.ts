import { countStoredCases, insertCasesAt, openStagedVersion } from "@assay/store";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { createDataset } from "./create-dataset.ts";
import { importDataset } from "./import-dataset.ts";
import { listCases } from "./list-cases.ts";
import { listDatasetVersions } from "./list-dataset-versions.ts";
import { listDatasets } from "./list-datasets.ts";

function* jsonl(from: number, to: number): Generator<string> {
  for (let n = from; n < to; n++) yield `${JSON.stringify({ key: `k${n}`, variables: { n } })}\n`;
}

const MINUTE_MS = 60_000;

describeEachPlatform("an import under way", (open) => {
  test("holds up no write of anyone, and shows nobody anything before its end", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    let isRead = false;
    const text = async function* () {
      yield* jsonl(0, 600);
      // Would wait for ever for an import that keeps its transaction open while it reads.
      await createDataset(bank, { slug: "theirs", description: "" });
      await createDataset(airline, { slug: "mine", description: "" });
      expect(await airline.tenant.read(countStoredCases)).toBeGreaterThanOrEqual(400);
      expect((await listDatasets(airline, { limit: 10 })).items.map(({ slug }) => slug)).toEqual(["mine"]);
      await expect(listDatasetVersions(airline, { dataset: "", limit: 10 })).rejects.toThrow("no such");
      isRead = true;
      yield* jsonl(600, 1_000);
    };
    const into = { dataset: "big", create: "true", format: "jsonl" } as const;
    const { version } = await importDataset(airline, { ...into, text: text() });
    expect(isRead).toBe(true);
    expect(version).toMatchObject({ version: 1, caseCount: 1_000 });
    const page = await listCases(airline, { dataset: "big", version: 1, limit: 200 });
    expect(page.items[199]).toMatchObject({ key: "k199" });
  });

  test("leaves nothing when a later row is wrong, its text breaks off, or the content is known", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const into = { dataset: "big", create: "true", format: "jsonl" } as const;
    const wrong = async function* () {
      yield* jsonl(0, 700);
      yield* jsonl(5, 6);
    };
    const broken = async function* () {
      yield* jsonl(0, 700);
      throw new Error("the connection broke");
    };
    const invalid = { code: "dataset_invalid", details: { errors: [{ row: 701 }] } };
    await expect(importDataset(airline, { ...into, text: wrong() })).rejects.toMatchObject(invalid);
    await expect(importDataset(airline, { ...into, text: broken() })).rejects.toThrow("broke");
    expect(await airline.tenant.read(countStoredCases)).toBe(0);
    expect((await listDatasets(airline, { limit: 10 })).items).toEqual([]);
    const good = async function* () {
      yield* jsonl(0, 700);
    };
    expect(await importDataset(airline, { ...into, text: good() })).toMatchObject({ created: true });
    expect(await importDataset(airline, { ...into, text: good() })).toMatchObject({ created: false });
    expect(await airline.tenant.read(countStoredCases)).toBe(700);
  });

  test("that ended with its process is removed by the tenant's next import, one that goes on is not", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const body = { key: "left", variables: {}, tags: [] };
    const leave = (agoMs: number) =>
      airline.tenant.record(async (tx) => {
        const id = await openStagedVersion(tx, new Date(airline.platform.now().getTime() - agoMs));
        await insertCasesAt(tx, id, { start: 0, cases: [body] });
      });
    await leave(16 * MINUTE_MS);
    await leave(14 * MINUTE_MS);
    const text = async function* () {
      yield* jsonl(0, 1);
    };
    await importDataset(airline, { dataset: "small", create: "true", format: "jsonl", text: text() });
    const { cases } = await airline.tenant.read(async (tx) => ({ cases: await tx.count(tx.tables.cases) }));
    expect(cases).toBe(2);
  });

  test("is refused, and not published in part, when it comes back while it is being removed", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    let passedMs = 0;
    airline.platform.now = () => new Date(Date.now() + passedMs);
    const isOver = Promise.withResolvers<void>();
    let sweeping: Promise<unknown> = Promise.resolve();
    const text = async function* () {
      yield [...jsonl(0, 900)].join("");
      yield [...jsonl(900, 1_200)].join("");
      passedMs = 16 * MINUTE_MS;
      const hasBegun = Promise.withResolvers<void>();
      // Another import of the tenant's that has removed some of the cases and not yet all.
      sweeping = importDataset(pausedAfter(2, { context: airline, hasBegun, isOver }), {
        dataset: "other",
        create: "true",
        format: "jsonl",
        text: (async function* () {
          yield* jsonl(0, 1);
        })(),
      });
      await hasBegun.promise;
      yield [...jsonl(1_200, 1_600)].join("");
    };
    const slow = importDataset(airline, { dataset: "slow", create: "true", format: "jsonl", text: text() });
    await expect(slow.finally(() => isOver.resolve())).rejects.toThrow("given up");
    await sweeping;
    expect((await listDatasets(airline, { limit: 10 })).items.map(({ slug }) => slug)).toEqual(["other"]);
    expect(await airline.tenant.read((tx) => tx.count(tx.tables.cases))).toBe(1);
  });
});

/** The same context, whose writes stand still after so many. */
function pausedAfter(
  count: number,
  { context, hasBegun, isOver }: { context: Context; hasBegun: Paused; isOver: Paused },
): Context {
  let written = 0;
  const record: Context["tenant"]["record"] = async (work) => {
    const answer = await context.tenant.record(work);
    written += 1;
    if (written === count) {
      hasBegun.resolve();
      await isOver.promise;
    }
    return answer;
  };
  return { ...context, tenant: Object.assign(Object.create(context.tenant), { record }) };
}

type Paused = PromiseWithResolvers<void>;

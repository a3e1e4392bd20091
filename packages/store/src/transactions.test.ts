import { AppError } from "@assay/core";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Store, TenantStore } from "./open-store.ts";
import type { TenantTx } from "./tenant-tx.ts";
import { describeEachStore } from "./testing/describe-each-store.ts";
import { type FilledRows, fillTenant } from "./testing/fill-tenant.ts";
import { seedTenant } from "./testing/seed-tenant.ts";

const AUDIT = { actor: "key:test", action: "prompt.create", object: "x" };

async function openTenant(store: Store, slug = "airline"): Promise<TenantStore> {
  return store.forTenant((await seedTenant(store, slug)).id);
}

function addPrompt(tx: TenantTx, slug: string) {
  const row = { id: `id-${slug}`, slug, description: "", createdAt: new Date() };
  return tx.insert(tx.tables.prompts, row, `A prompt "${slug}" already exists.`);
}

const slugs = (tenant: TenantStore) =>
  tenant.read(async (tx) => {
    const rows = await tx.select(tx.tables.prompts, { orderBy: [tx.tables.prompts.slug] });
    return rows.map((row) => row.slug);
  });

/** A result of a run that still takes results. */
async function unfinishedResult(tenant: TenantStore, { runs, results }: FilledRows) {
  await tenant.record((tx) => tx.insert(tx.tables.runs, { ...runs, id: "run_2", status: "running" }));
  return { ...results, runId: "run_2" };
}

describeEachStore("a read", (open) => {
  test("cannot write", async () => {
    await using test = await open();
    const tenant = await openTenant(test.store);
    await expect(tenant.read((tx) => addPrompt(tx, "a"))).rejects.toThrow(/read-?only/);
    expect(await slugs(tenant)).toEqual([]);
  });

  test("refuses a write nested in it", async () => {
    await using test = await open();
    const tenant = await openTenant(test.store);
    const nested = tenant.read(() => tenant.record((tx) => addPrompt(tx, "a")));
    await expect(nested).rejects.toThrow("a write is nested in a read");
  });
});

describeEachStore("a write", (open) => {
  test("commits a change together with its audit entry", async () => {
    await using test = await open();
    const tenant = await openTenant(test.store);
    await tenant.write(async (tx) => {
      await addPrompt(tx, "a");
      await tx.audit(AUDIT);
    });
    expect(await slugs(tenant)).toEqual(["a"]);
    expect(await tenant.read((tx) => tx.select(tx.tables.auditEntries))).toMatchObject([AUDIT]);
  });

  test("refuses to commit a change without an audit entry, and leaves nothing", async () => {
    await using test = await open();
    const { id, rows } = await fillTenant(test.store, "airline");
    const tenant = test.store.forTenant(id);
    const { keys } = rows;
    const changes: ((tx: TenantTx) => Promise<unknown>)[] = [
      (tx) => addPrompt(tx, "a"),
      (tx) => tx.insertIfAbsent(tx.tables.idempotencyKeys, { ...rows.idempotencyKeys, key: "k2" }),
      (tx) => tx.update(tx.tables.keys, { name: "changed" }, eq(tx.tables.keys.id, keys.id)),
      (tx) => tx.delete(tx.tables.traces, sql`1 = 1`),
    ];
    for (const change of changes) {
      await expect(tenant.write(change)).rejects.toThrow("without an audit entry");
    }
    expect(await slugs(tenant)).toEqual(["airline"]);
    await tenant.read(async (tx) => {
      expect(await tx.count(tx.tables.idempotencyKeys)).toBe(1);
      expect(await tx.select(tx.tables.keys)).toMatchObject([{ name: keys.name }]);
      expect(await tx.count(tx.tables.traces)).toBe(1);
    });
  });

  test("needs no audit entry where nothing changed", async () => {
    await using test = await open();
    const { id, rows } = await fillTenant(test.store, "airline");
    const inserted = await test.store
      .forTenant(id)
      .write((tx) => tx.insertIfAbsent(tx.tables.idempotencyKeys, rows.idempotencyKeys));
    expect(inserted).toBe(false);
  });

  test("leaves nothing when the audit entry itself cannot be written, even when the code goes on", async () => {
    await using test = await open();
    const tenant = await openTenant(test.store);
    const broken = { ...AUDIT, actor: null as unknown as string };
    const change = tenant.write(async (tx) => {
      await addPrompt(tx, "a");
      await tx.audit(broken).catch(() => undefined);
    });
    await expect(change).rejects.toThrow(/actor/);
    expect(await slugs(tenant)).toEqual([]);
  });

  test("is rolled back when a statement failed and the code went on", async () => {
    await using test = await open();
    const tenant = await openTenant(test.store);
    const change = tenant.record(async (tx) => {
      await addPrompt(tx, "a");
      await addPrompt(tx, "a").catch(() => undefined);
      return "done";
    });
    await expect(change).rejects.toThrow('A prompt "a" already exists.');
    expect(await slugs(tenant)).toEqual([]);
  });

  test("joins the write it is nested in, and both roll back together", async () => {
    await using test = await open();
    const tenant = await openTenant(test.store);
    const outer = tenant.record(async (tx) => {
      await addPrompt(tx, "outer");
      await tenant.record((nested) => addPrompt(nested, "inner"));
      expect(await slugs(tenant)).toEqual(["inner", "outer"]);
      throw new Error("late");
    });
    await expect(outer).rejects.toThrow("late");
    expect(await slugs(tenant)).toEqual([]);
  });

  test("takes the outer one down when it fails, although the outer caught the error", async () => {
    await using test = await open();
    const tenant = await openTenant(test.store);
    const refuse = tenant.record(async () => {
      const nested = tenant.write((tx) => addPrompt(tx, "inner"));
      await nested.catch(() => undefined);
    });
    await expect(refuse).rejects.toThrow("without an audit entry");
    expect(await slugs(tenant)).toEqual([]);
  });

  test("is not joined by another actor", async () => {
    await using test = await open();
    const a = await openTenant(test.store, "airline");
    const b = await openTenant(test.store, "bank");
    const { store } = test;
    for (const join of [() => b.record(async () => 0), () => b.read(async () => 0)]) {
      await expect(a.record(join)).rejects.toThrow("joined by another actor");
      await expect(store.writePlatform(join)).rejects.toThrow("joined by another actor");
    }
    const platform = a.record(() => store.readPlatform(async () => 0));
    await expect(platform).rejects.toThrow("joined by another actor");
  });

  test("is of no use after its end, and work it left behind runs in a transaction of its own", async () => {
    await using test = await open();
    const tenant = await openTenant(test.store);
    let leaked: TenantTx | undefined;
    let resume: () => void = () => undefined;
    let leftBehind: Promise<unknown> = Promise.resolve();
    await tenant.record(async (tx) => {
      leaked = tx;
      const waited = new Promise<void>((resolve) => {
        resume = resolve;
      });
      leftBehind = waited.then(() => tenant.record((later) => addPrompt(later, "later")));
    });
    await expect(leaked && addPrompt(leaked, "leaked")).rejects.toThrow("used after its end");
    resume();
    await leftBehind;
    expect(await slugs(tenant)).toEqual(["later"]);
  });

  test("waits for its turn: concurrent ones lose nothing", async () => {
    await using test = await open();
    const { id, rows } = await fillTenant(test.store, "airline");
    const tenant = test.store.forTenant(id);
    const increment = () =>
      tenant.record(async (tx) => {
        const { runs, jobs } = tx.tables;
        const job = await tx.find(jobs, eq(jobs.runId, rows.runs.id), true);
        await tx.count(runs);
        await tx.update(jobs, { attempts: (job?.attempts ?? 0) + 1 }, eq(jobs.runId, rows.runs.id));
      });
    await Promise.all(Array.from({ length: 50 }, increment));
    const [job] = await tenant.read((tx) => tx.select(tx.tables.jobs));
    expect(job?.attempts).toBe(51);
  });
});

describeEachStore("what a tenant writes", (open) => {
  test("may be more rows than one statement takes", async () => {
    await using test = await open();
    const { id, rows } = await fillTenant(test.store, "airline");
    const { datasetVersionId, body } = rows.cases;
    const many = Array.from({ length: 12_000 }, (_, index) => ({
      datasetVersionId,
      position: index + 1,
      key: `case ${index}`,
      body,
    }));
    const tenant = test.store.forTenant(id);
    const inserted = await tenant.record((tx) => tx.insertMany(tx.tables.cases, many));
    expect(inserted.length).toBe(12_000);
    const more = many.map((row) => ({ ...row, position: row.position + 12_000, key: `more of ${row.key}` }));
    await tenant.record((tx) => tx.insertAll(tx.tables.cases, more));
    expect(await tenant.read((tx) => tx.count(tx.tables.cases))).toBe(24_001);
  });

  test("by the thousand is the same as one by one, stays the tenant's, and is refused when it is there", async () => {
    await using test = await open();
    const { id, rows } = await fillTenant(test.store, "airline");
    const foreign = (await seedTenant(test.store, "bank")).id;
    const tenant = test.store.forTenant(id);
    const result = await unfinishedResult(tenant, rows);
    const [many, one] = [7, 8].map((position) => ({
      ...result,
      position,
      score: null,
      passed: null,
      tags: ["a", "ß"],
      ...({ tenantId: foreign } as object),
    }));
    if (many === undefined || one === undefined) throw new Error("two rows");
    await tenant.record((tx) => tx.insertAll(tx.tables.results, [many]));
    await tenant.record((tx) => tx.insertMany(tx.tables.results, [one]));
    const { results } = await tenant.read(async (tx) => ({
      results: await tx.select(tx.tables.results, { where: sql`${tx.tables.results.position} >= 7` }),
    }));
    expect(results).toHaveLength(2);
    expect({ ...results[0], position: 8 }).toEqual(results[1]);
    expect(results[0]).toMatchObject({ tenantId: id, score: null, passed: null, tags: ["a", "ß"] });
    const again = tenant.record((tx) => tx.insertAll(tx.tables.results, [{ ...many, position: 9 }, many]));
    await expect(again).rejects.toMatchObject({ code: "conflict" });
    expect(await tenant.read((tx) => tx.count(tx.tables.results, sql`position = 9`))).toBe(0);
  });

  test("by the thousand needs its audit entry as well", async () => {
    await using test = await open();
    const { id, rows } = await fillTenant(test.store, "airline");
    const tenant = test.store.forTenant(id);
    const result = await unfinishedResult(tenant, rows);
    const unaudited = tenant.write((tx) => tx.insertAll(tx.tables.results, [{ ...result, position: 7 }]));
    await expect(unaudited).rejects.toThrow("without an audit entry");
  });

  test("may not contain U+0000 in a text, on either dialect", async () => {
    await using test = await open();
    const tenant = await openTenant(test.store);
    const refusal = tenant.record((tx) => addPrompt(tx, "a\0b"));
    await expect(refusal).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("does not appear in the error of a failed statement", async () => {
    await using test = await open();
    const tenant = await openTenant(test.store);
    const row = { id: "x", slug: null as unknown as string, description: "a secret", createdAt: new Date() };
    const failure = await tenant
      .record((tx) => tx.insert(tx.tables.prompts, row))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(AppError);
    expect(String(failure)).not.toContain("a secret");
    expect(String((failure as Error).stack)).not.toContain("a secret");
  });

  test("is refused in words where something still refers to it", async () => {
    await using test = await open();
    const { id } = await fillTenant(test.store, "airline");
    const removal = test.store.forTenant(id).record((tx) => tx.delete(tx.tables.datasets, sql`1 = 1`));
    await expect(removal).rejects.toMatchObject({ code: "conflict", message: /still refers to it/ });
  });
});

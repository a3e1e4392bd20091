import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Store, TenantStore } from "./open-store.ts";
import type { TenantTx } from "./tenant-tx.ts";
import { describeEachStore } from "./testing/describe-each-store.ts";
import { type FilledRows, fillTenant } from "./testing/fill-tenant.ts";

const AT = new Date("2026-02-03T04:05:06.789Z");
const LATER = new Date("2027-02-03T04:05:06.789Z");

interface Scene {
  tenant: TenantStore;
  rows: FilledRows;
  promptId: string;
  /** Stands at the gated label `production` by a passing verdict. */
  proven: string;
  /** A second version, which nothing speaks for. */
  unproven: string;
}

async function openScene(store: Store): Promise<Scene> {
  const { id, rows } = await fillTenant(store, "airline");
  const tenant = store.forTenant(id);
  const unproven = { ...rows.promptVersions, id: "prv_2", version: 2, contentSha256: "2".repeat(64) };
  await tenant.record((tx) => tx.insert(tx.tables.promptVersions, unproven));
  return { tenant, rows, promptId: rows.prompts.id, proven: rows.promptVersions.id, unproven: unproven.id };
}

type Move = FilledRows["labelMoves"];
type Label = FilledRows["labels"];
type Verdict = FilledRows["verdicts"];

/** A move of `production` to the unproven version; the parts under test are given. */
function moveOf(scene: Scene, parts: Partial<Move>): Move {
  const move = { ...scene.rows.labelMoves, id: "mov_2", toVersionId: scene.unproven, verdictId: null };
  return { ...move, createdAt: AT, ...parts };
}

async function insertMove(scene: Scene, parts: Partial<Move>): Promise<void> {
  await scene.tenant.record((tx) => tx.insert(tx.tables.labelMoves, moveOf(scene, parts)));
}

async function insertVerdict(scene: Scene, parts: Partial<Verdict>): Promise<void> {
  const verdict = { ...scene.rows.verdicts, id: "vrd_2", promptVersionId: scene.unproven, ...parts };
  await scene.tenant.record((tx) => tx.insert(tx.tables.verdicts, verdict));
}

async function updateLabel(scene: Scene, changes: Partial<Label>): Promise<void> {
  await scene.tenant.record((tx) => tx.update(tx.tables.labels, changes, sql`1 = 1`));
}

/** The move and the label as promotion writes them: both or neither. */
async function promote(scene: Scene, move: Partial<Move>, label: Partial<Label> = {}): Promise<void> {
  const whole = moveOf(scene, move);
  await scene.tenant.record(async (tx) => {
    await tx.insert(tx.tables.labelMoves, whole);
    const changes = {
      versionId: whole.toVersionId,
      moveId: whole.id,
      expiresAt: null,
      fallbackVersionId: null,
    };
    await tx.update(tx.tables.labels, { ...changes, ...label } as never, sql`1 = 1`);
  });
}

async function standing(scene: Scene) {
  const [label] = await scene.tenant.read((tx) => tx.select(tx.tables.labels));
  return label && { versionId: label.versionId, moveId: label.moveId, fallback: label.fallbackVersionId };
}

const REFUSED = /database refused this/;

describeEachStore("a label with a gate", (open) => {
  test("does not move by hand without a move, nor on a move made for something else", async () => {
    await using test = await open();
    const scene = await openScene(test.store);
    const before = await standing(scene);
    await expect(updateLabel(scene, { versionId: scene.unproven })).rejects.toThrow(REFUSED);
    await expect(updateLabel(scene, { moveId: "mov_none" })).rejects.toThrow(REFUSED);
    const staging = { id: "mov_s", label: "staging", kind: "unprotected" as const };
    await insertMove(scene, staging);
    await expect(updateLabel(scene, { versionId: scene.unproven, moveId: "mov_s" })).rejects.toThrow(REFUSED);
    expect(await standing(scene)).toEqual(before);
  });

  test("does not move as an unprotected one, and a move made before the gate is worth nothing", async () => {
    await using test = await open();
    const scene = await openScene(test.store);
    await expect(promote(scene, { kind: "unprotected" })).rejects.toThrow(REFUSED);
    const { gates } = scene.rows;
    await scene.tenant.record((tx) => tx.delete(tx.tables.gates, sql`1 = 1`));
    await insertMove(scene, { kind: "unprotected" });
    await scene.tenant.record((tx) => tx.insert(tx.tables.gates, gates));
    await expect(updateLabel(scene, { versionId: scene.unproven, moveId: "mov_2" })).rejects.toThrow(REFUSED);
  });

  test("moves by a passing verdict on the cases its gate asks for only, in whichever version they stand", async () => {
    await using test = await open();
    const scene = await openScene(test.store);
    const { runs, datasetVersions } = scene.rows;
    const measuredOn = async (name: string, contentSha256: string, version: number) => {
      await scene.tenant.record(async (tx) => {
        const cases = { ...datasetVersions, id: `dsv_${name}`, version, contentSha256 };
        await tx.insert(tx.tables.datasetVersions, cases);
        const run = {
          ...runs,
          id: `run_${name}`,
          promptVersionId: scene.unproven,
          datasetVersionId: cases.id,
        };
        await tx.insert(tx.tables.runs, run);
      });
      await insertVerdict(scene, { id: `vrd_${name}`, runId: `run_${name}` });
    };
    await measuredOn("other", "9".repeat(64), 2);
    await measuredOn("same", datasetVersions.contentSha256, 3);
    await expect(promote(scene, { kind: "gate", verdictId: "vrd_other" })).rejects.toThrow(REFUSED);
    await promote(scene, { kind: "gate", verdictId: "vrd_same" });
    expect(await standing(scene)).toMatchObject({ versionId: scene.unproven });
  });

  test("moves by a passing verdict for this version, this label and this gate's suite version only", async () => {
    await using test = await open();
    const scene = await openScene(test.store);
    const { runs, suiteVersions, verdicts } = scene.rows;
    const run = { ...runs, id: "run_2", promptVersionId: scene.unproven };
    const otherSuite = { ...suiteVersions, id: "suv_2", version: 2 };
    await scene.tenant.record(async (tx) => {
      await tx.insert(tx.tables.runs, run);
      await tx.insert(tx.tables.suiteVersions, otherSuite);
    });
    const worthless: Record<string, Partial<Verdict>> = {
      vrd_fail: { outcome: "fail" },
      vrd_unsure: { outcome: "inconclusive" },
      vrd_label: { label: "staging" },
      vrd_suite: { suiteVersionId: "suv_2" },
    };
    for (const [id, parts] of Object.entries(worthless)) {
      await insertVerdict(scene, { id, runId: "run_2", ...parts });
      await expect(promote(scene, { kind: "gate", verdictId: id })).rejects.toThrow(REFUSED);
    }
    for (const verdictId of [null, verdicts.id]) {
      await expect(promote(scene, { kind: "gate", verdictId })).rejects.toThrow(REFUSED);
    }
    await insertVerdict(scene, { runId: "run_2" });
    await promote(scene, { kind: "gate", verdictId: "vrd_2" });
    expect(await standing(scene)).toMatchObject({ versionId: scene.unproven, moveId: "mov_2" });
  });

  test("moves by an override with a reason and an expiry, and falls back only to what held it in its own right", async () => {
    await using test = await open();
    const scene = await openScene(test.store);
    const override = { kind: "override" as const, reason: "The bank is on fire", expiresAt: LATER };
    const label = { expiresAt: LATER, fallbackVersionId: scene.proven };
    for (const part of [{ reason: null }, { reason: "" }, { expiresAt: null }, { expiresAt: AT }]) {
      await expect(promote(scene, { ...override, ...part }, label)).rejects.toThrow(REFUSED);
    }
    for (const part of [
      { expiresAt: null },
      { expiresAt: new Date() },
      { fallbackVersionId: scene.unproven },
    ]) {
      await expect(promote(scene, override, { ...label, ...part })).rejects.toThrow(REFUSED);
    }
    await promote(scene, override, label);
    expect(await standing(scene)).toEqual({
      versionId: scene.unproven,
      moveId: "mov_2",
      fallback: scene.proven,
    });
    await expect(updateLabel(scene, { expiresAt: null })).rejects.toThrow(REFUSED);
    await expect(updateLabel(scene, { fallbackVersionId: scene.unproven })).rejects.toThrow(REFUSED);
  });

  test("rolls back to a version that held it, but not to one that held it by an override alone", async () => {
    await using test = await open();
    const scene = await openScene(test.store);
    const rollback = { kind: "rollback" as const, reason: "It was worse" };
    await expect(promote(scene, { ...rollback, toVersionId: scene.unproven })).rejects.toThrow(REFUSED);
    const override = { kind: "override" as const, reason: "The bank is on fire", expiresAt: LATER };
    await promote(scene, override, { expiresAt: LATER, fallbackVersionId: scene.proven });
    await expect(promote(scene, { ...rollback, id: "mov_3" })).rejects.toThrow(REFUSED);
    await promote(scene, { ...rollback, id: "mov_3", toVersionId: scene.proven });
    expect(await standing(scene)).toMatchObject({ versionId: scene.proven, moveId: "mov_3" });
  });

  test("cannot be made anew beside the gate", async () => {
    await using test = await open();
    const scene = await openScene(test.store);
    await scene.tenant.record((tx) => tx.delete(tx.tables.labels, sql`1 = 1`));
    const label = { ...scene.rows.labels, versionId: scene.unproven };
    const insert = scene.tenant.record((tx) => tx.insert(tx.tables.labels, label));
    await expect(insert).rejects.toThrow(REFUSED);
    await scene.tenant.record((tx) => tx.insert(tx.tables.labels, scene.rows.labels));
  });

  test("stands on versions of its own prompt only, gate or no gate", async () => {
    await using test = await open();
    const scene = await openScene(test.store);
    const other = { ...scene.rows.prompts, id: "prm_2", slug: "other" };
    await scene.tenant.record((tx) => tx.insert(tx.tables.prompts, other));
    const move = { promptId: "prm_2", kind: "unprotected" as const };
    await expect(insertMove(scene, move)).rejects.toThrow(REFUSED);
  });

  test("is free again, and free from the start, where there is no gate", async () => {
    await using test = await open();
    const scene = await openScene(test.store);
    await scene.tenant.record((tx) => tx.delete(tx.tables.gates, sql`1 = 1`));
    await promote(scene, { kind: "unprotected" });
    expect(await standing(scene)).toMatchObject({ versionId: scene.unproven });
  });
});

describeEachStore("a verdict", (open) => {
  test("passes on a completed run of the same version, suite and evidence only", async () => {
    await using test = await open();
    const scene = await openScene(test.store);
    const { rows, tenant } = scene;
    const suite = { ...rows.suiteVersions, id: "suv_3", suiteId: "sui_3" };
    const unfinished = {
      ...rows.runs,
      id: "run_3",
      promptVersionId: scene.unproven,
      status: "running" as const,
    };
    await tenant.record(async (tx) => {
      await tx.insert(tx.tables.suites, { ...rows.suites, id: "sui_3", slug: "other" });
      await tx.insert(tx.tables.suiteVersions, suite);
      await tx.insert(tx.tables.runs, unfinished);
    });
    const proven = { promptVersionId: scene.proven, runId: rows.runs.id };
    await expect(insertVerdict(scene, { runId: "run_3" })).rejects.toThrow(REFUSED);
    await expect(insertVerdict(scene, { ...proven, promptVersionId: scene.unproven })).rejects.toThrow(
      REFUSED,
    );
    await expect(insertVerdict(scene, { ...proven, suiteVersionId: "suv_3" })).rejects.toThrow(REFUSED);
    await expect(insertVerdict(scene, { ...proven, evidenceSha256: "9" })).rejects.toThrow(REFUSED);
    await insertVerdict(scene, { runId: "run_3", outcome: "inconclusive" });
    await insertVerdict(scene, { ...proven, id: "vrd_3" });
  });
});

describeEachStore("history", (open) => {
  test("never changes: not a version, a case, a result, a verdict, a move, an audit entry or a completed run", async () => {
    await using test = await open();
    const { tenant, rows } = await openScene(test.store);
    const attempts: ((tx: TenantTx) => Promise<unknown>)[] = [
      (tx) => tx.update(tx.tables.adapterVersions, { note: "x" }, sql`1 = 1`),
      (tx) => tx.update(tx.tables.promptVersions, { note: "x" }, sql`1 = 1`),
      (tx) => tx.update(tx.tables.datasetVersions, { caseCount: 0 }, sql`1 = 1`),
      (tx) => tx.update(tx.tables.cases, { key: "x" }, sql`1 = 1`),
      (tx) => tx.update(tx.tables.suiteVersions, { version: 9 }, sql`1 = 1`),
      (tx) => tx.update(tx.tables.results, { score: 1 }, sql`1 = 1`),
      (tx) => tx.delete(tx.tables.results, sql`1 = 1`),
      (tx) => tx.insert(tx.tables.results, { ...rows.results, position: 1, caseKey: "b" }),
      (tx) => tx.update(tx.tables.verdicts, { outcome: "pass" }, sql`1 = 1`),
      (tx) => tx.update(tx.tables.labelMoves, { movedBy: "x" }, sql`1 = 1`),
      (tx) => tx.update(tx.tables.auditEntries, { actor: "x" }, sql`1 = 1`),
      (tx) => tx.delete(tx.tables.auditEntries, sql`1 = 1`),
      (tx) => tx.update(tx.tables.runs, { error: "x" }, sql`1 = 1`),
    ];
    for (const attempt of attempts) {
      await expect(tenant.record(attempt)).rejects.toThrow(
        /never (change|removed)|are never|permission denied/,
      );
    }
  });

  test("of the platform never changes either", async () => {
    await using test = await open();
    const entry = { id: "aud_1", actor: "o", action: "a", object: "x", details: {}, createdAt: AT };
    await test.store.writePlatform(({ session }) =>
      session.db.insert(session.tables.platformAudit).values(entry),
    );
    const update = test.store.writePlatform(({ session: { db, tables } }) =>
      db.update(tables.platformAudit).set({ actor: "x" }).where(eq(tables.platformAudit.id, "aud_1")),
    );
    await expect(update).rejects.toThrow(/never change/);
    const removal = test.store.writePlatform(({ session: { db, tables } }) =>
      db.delete(tables.platformAudit),
    );
    await expect(removal).rejects.toThrow(/never change/);
  });
});

import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Store, TenantStore } from "./open-store.ts";
import { describeEachStore } from "./testing/describe-each-store.ts";
import { type FilledRows, fillTenant } from "./testing/fill-tenant.ts";

type Request = Omit<FilledRows["changeRequests"], "id">;

interface Scene {
  tenant: TenantStore;
  rows: FilledRows;
  /** A second version, with a passing verdict `vrd_2` on the run `run_2`. */
  toVersionId: string;
}

/** A label whose gate asks for somebody else's approval. */
async function openScene(store: Store): Promise<Scene> {
  const { id, rows } = await fillTenant(store, "airline");
  const tenant = store.forTenant(id);
  const toVersionId = "prv_2";
  await tenant.record(async (tx) => {
    const { promptVersions, runs, verdicts, gates } = tx.tables;
    const next = { id: toVersionId, version: 2, contentSha256: "2".repeat(64), createdBy: "key:author" };
    await tx.insert(promptVersions, { ...rows.promptVersions, ...next });
    await tx.insert(runs, { ...rows.runs, id: "run_2", promptVersionId: toVersionId });
    await tx.insert(verdicts, {
      ...rows.verdicts,
      id: "vrd_2",
      runId: "run_2",
      promptVersionId: toVersionId,
    });
    await tx.update(gates, { approval: "other" }, sql`1 = 1`);
  });
  return { tenant, rows, toVersionId };
}

const approvedOf = ({ rows }: Scene): Partial<Request> => ({
  status: "approved",
  decidedBy: "key:approver",
  approvedMoveId: rows.labels.moveId,
  approvedRunId: "run_2",
  approvedSuiteVersionId: rows.gates.suiteVersionId,
});

async function propose(scene: Scene, id: string, parts: Partial<Request> = {}): Promise<void> {
  const { moveId: _, ...request } = scene.rows.changeRequests;
  const draft = { ...request, id, toVersionId: scene.toVersionId, status: "open" as const, ...parts };
  await scene.tenant.record((tx) => tx.insert(tx.tables.changeRequests, draft));
}

async function change(scene: Scene, id: string, changes: Partial<Request>): Promise<void> {
  await scene.tenant.record((tx) => {
    const { changeRequests } = tx.tables;
    return tx.update(changeRequests, changes, eq(changeRequests.id, id));
  });
}

async function promote(scene: Scene, id = "mov_2", verdictId = "vrd_2"): Promise<void> {
  const move = { ...scene.rows.labelMoves, id, toVersionId: scene.toVersionId, verdictId };
  await scene.tenant.record(async (tx) => {
    await tx.insert(tx.tables.labelMoves, move);
    await tx.update(tx.tables.labels, { versionId: scene.toVersionId, moveId: id }, sql`1 = 1`);
  });
}

const REFUSED = /database refused this/;

describeEachStore("a label whose gate asks for approval", (open) => {
  test("does not move by a passing verdict without an approved request for that very move", async () => {
    await using store = await open();
    const scene = await openScene(store.store);
    await expect(promote(scene)).rejects.toThrow(REFUSED);
    await propose(scene, "crq_open");
    await expect(promote(scene)).rejects.toThrow(REFUSED);
    const worthless: Record<string, Partial<Request>> = {
      crq_rejected: { status: "rejected" },
      crq_withdrawn: { status: "withdrawn" },
      crq_run: { approvedRunId: scene.rows.runs.id },
      crq_policy: { approvedSuiteVersionId: "suv_2" },
      crq_moved: { approvedMoveId: null },
      crq_proposer: { decidedBy: "key:test" },
      crq_author: { decidedBy: "key:author" },
    };
    for (const [id, parts] of Object.entries(worthless)) {
      await propose(scene, id);
      await change(scene, id, { ...approvedOf(scene), ...parts });
      await expect(promote(scene), id).rejects.toThrow(REFUSED);
    }
    for (const [id, parts] of Object.entries({
      crq_label: { label: "staging" },
      crq_version: { toVersionId: scene.rows.promptVersions.id },
    })) {
      await propose(scene, id, parts);
      await change(scene, id, approvedOf(scene));
      await expect(promote(scene), id).rejects.toThrow(REFUSED);
    }
    await change(scene, "crq_open", approvedOf(scene));
    await promote(scene);
  });

  test("asks for anybody's approval where its gate does not say somebody else's", async () => {
    await using store = await open();
    const scene = await openScene(store.store);
    await scene.tenant.record((tx) => tx.update(tx.tables.gates, { approval: "anyone" }, sql`1 = 1`));
    await propose(scene, "crq_2");
    await change(scene, "crq_2", { ...approvedOf(scene), decidedBy: "key:author" });
    await promote(scene);
  });

  test("moves on a run of the whole dataset only, gate with approval or without", async () => {
    await using store = await open();
    const scene = await openScene(store.store);
    await scene.tenant.record(async (tx) => {
      const { gates, runs, verdicts } = tx.tables;
      await tx.update(gates, { approval: null }, sql`1 = 1`);
      const part = { id: "run_part", promptVersionId: scene.toVersionId, selection: { tags: ["easy"] } };
      await tx.insert(runs, { ...scene.rows.runs, ...part });
      await tx.insert(verdicts, {
        ...scene.rows.verdicts,
        id: "vrd_part",
        runId: "run_part",
        promptVersionId: scene.toVersionId,
      });
    });
    await expect(promote(scene, "mov_2", "vrd_part")).rejects.toThrow(REFUSED);
  });
});

describeEachStore("a change request", (open) => {
  test("begins open, keeps what it proposes, and does not change once it has ended", async () => {
    await using store = await open();
    const scene = await openScene(store.store);
    await expect(propose(scene, "crq_2", { status: "approved", decidedBy: "key:x" })).rejects.toThrow(
      REFUSED,
    );
    await propose(scene, "crq_2");
    const proposed: Partial<Request>[] = [
      { label: "staging" },
      { toVersionId: scene.rows.promptVersions.id },
      { fromVersionId: scene.rows.promptVersions.id },
      { proposedBy: "key:somebody" },
      { title: "Another" },
    ];
    for (const changes of proposed) await expect(change(scene, "crq_2", changes)).rejects.toThrow(/never/);
    await expect(change(scene, "crq_2", { status: "approved" })).rejects.toThrow(REFUSED);
    await change(scene, "crq_2", { status: "rejected", decidedBy: "key:approver" });
    await expect(change(scene, "crq_2", { status: "open", decidedBy: null })).rejects.toThrow(/never/);
  });

  test("is carried out once approved, by a move of its own label to its own version, and by no other", async () => {
    await using store = await open();
    const scene = await openScene(store.store);
    await propose(scene, "crq_2");
    const carriedOut = (moveId: string) => ({ status: "carried_out" as const, moveId });
    await expect(change(scene, "crq_2", carriedOut(scene.rows.labelMoves.id))).rejects.toThrow(REFUSED);
    await change(scene, "crq_2", approvedOf(scene));
    await expect(change(scene, "crq_2", carriedOut(scene.rows.labelMoves.id))).rejects.toThrow(REFUSED);
    await promote(scene);
    await change(scene, "crq_2", carriedOut("mov_2"));
  });
});

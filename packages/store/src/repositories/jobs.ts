import { and, eq, type InferSelectModel, sql } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type JobRow = InferSelectModel<Schema["jobs"]>;

/**
 * A worker's right to a job. `attempt` is the fencing token: each claim raises it, so that a worker which lost its
 * lease can be told from the one that has it now, even when both have the same name.
 */
export interface JobLease {
  tenantId: string;
  jobId: string;
  runId: string;
  workerId: string;
  attempt: number;
}

export async function insertJob(tx: TenantTx, draft: { runId: string; now: Date }): Promise<JobRow> {
  return await tx.insert(tx.tables.jobs, {
    id: newId("job"),
    kind: "run",
    runId: draft.runId,
    status: "queued",
    attempts: 0,
    cancelRequested: false,
    runAfter: draft.now,
    leasedBy: null,
    leasedUntil: null,
    claimedAt: null,
    createdAt: draft.now,
  });
}

/** Locked until the transaction ends, so that it cannot be claimed or finished meanwhile. */
export async function lockJobOfRun(tx: TenantTx, runId: string): Promise<JobRow | undefined> {
  return await tx.find(tx.tables.jobs, eq(tx.tables.jobs.runId, runId), true);
}

export async function countQueuedJobs(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.jobs, eq(tx.tables.jobs.status, "queued"));
}

type JobChanges = Partial<
  Pick<JobRow, "status" | "attempts" | "cancelRequested" | "runAfter" | "leasedBy" | "leasedUntil">
>;

export async function updateJob(tx: TenantTx, id: string, changes: JobChanges): Promise<void> {
  await tx.update(tx.tables.jobs, changes, eq(tx.tables.jobs.id, id));
}

/**
 * The leased job, locked until the transaction ends; undefined when the lease was lost. Whatever a worker writes for
 * a job happens in a transaction that asked this first.
 */
export async function lockLeasedJob(tx: TenantTx, lease: JobLease): Promise<JobRow | undefined> {
  const { jobs } = tx.tables;
  const isJob = eq(jobs.id, lease.jobId);
  const isOurs = and(
    eq(jobs.status, "running"),
    eq(jobs.leasedBy, lease.workerId),
    eq(jobs.attempts, lease.attempt),
  );
  return await tx.find(jobs, sql`${isJob} and ${isOurs}`, true);
}

import { and, eq, isNull, type SQL, sql } from "../drizzle.ts";
import type { PlatformTx } from "../platform-tx.ts";
import type { JobLease } from "../repositories/jobs.ts";

export interface JobClaim {
  workerId: string;
  now: Date;
  leasedUntil: Date;
  /** A tenant with this many leased jobs waits, so that no tenant takes every worker. */
  activePerTenantMax: number;
  /** A job that was claimed this often and never finished is given up. */
  attemptsMax: number;
}

/** Any constant will do; claims of all replicas queue behind it, so that a tenant's active jobs are counted exactly. */
const CLAIM_LOCK = 7_141_002;

interface DueJob {
  tenant_id: string;
  id: string;
  run_id: string;
  attempts: number;
}

/**
 * Leases the next due job: of the tenants with the fewest active jobs, the oldest of the one that was served longest
 * ago, where a job whose lease has run out is due again and a run waits for its baseline. Jobs that used up their attempts are failed on the way, with their
 * runs. Undefined when nothing is due.
 */
export async function claimJob(tx: PlatformTx, claim: JobClaim): Promise<JobLease | undefined> {
  if (tx.session.dialect === "postgres") {
    await tx.session.execute(sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`);
  }
  for (;;) {
    const due = await findDueJob(tx, claim);
    if (due === undefined) return undefined;
    if (Number(due.attempts) < claim.attemptsMax) return await leaseJob(tx, claim, due);
    await giveUpJob(tx, claim, due);
  }
}

/** Could a worker that looks for its next job have one of another tenant? */
export async function isOtherTenantWaiting(
  tx: PlatformTx,
  { tenantId, ...at }: Pick<JobClaim, "now" | "activePerTenantMax"> & { tenantId: string },
): Promise<boolean> {
  const { session } = tx;
  const [row] = await session.execute(sql`
    select 1 from ${session.tables.jobs} j
    where j.tenant_id <> ${tenantId} and ${isClaimable(tx, at)}
    limit 1`);
  return row !== undefined;
}

async function findDueJob(tx: PlatformTx, claim: JobClaim): Promise<DueJob | undefined> {
  const { session } = tx;
  const { jobs } = session.tables;
  const served = sql`(select max(s.claimed_at) from ${jobs} s where s.tenant_id = j.tenant_id)`;
  // Only what others hold at this moment is skipped: a cancel or a worker's last write.
  const lock: SQL = session.dialect === "postgres" ? sql`for update of j skip locked` : sql``;
  const [row] = await session.execute(sql`
    select j.tenant_id, j.id, j.run_id, j.attempts from ${jobs} j
    where ${isClaimable(tx, claim)}
    order by ${activeOfTenant(tx, claim.now)}, ${served} nulls first, j.created_at, j.id
    limit 1 ${lock}`);
  return row as DueJob | undefined;
}

/** Of a job `j`: it is due, its tenant may have one more, and its run waits for no baseline. */
function isClaimable(
  tx: PlatformTx,
  { now: at, activePerTenantMax }: Pick<JobClaim, "now" | "activePerTenantMax">,
): SQL {
  const { jobs, runs } = tx.session.tables;
  const now = sql.param(at, jobs.leasedUntil);
  return sql`((j.status = 'queued' and j.run_after <= ${now}) or (j.status = 'running' and j.leased_until <= ${now}))
      and ${activeOfTenant(tx, at)} < ${activePerTenantMax}
      and not exists (
        select 1 from ${runs} r join ${runs} b on b.tenant_id = r.tenant_id and b.id = r.baseline_run_id
        where r.tenant_id = j.tenant_id and r.id = j.run_id and b.status in ('queued', 'running'))`;
}

/** How many jobs the tenant of a job `j` has with workers. */
function activeOfTenant({ session }: PlatformTx, now: Date): SQL {
  const { jobs } = session.tables;
  return sql`(select count(*) from ${jobs} a where a.tenant_id = j.tenant_id and a.status = 'running' and a.leased_until > ${sql.param(now, jobs.leasedUntil)})`;
}

async function leaseJob(tx: PlatformTx, claim: JobClaim, due: DueJob): Promise<JobLease> {
  const { db, tables } = tx.session;
  const attempt = Number(due.attempts) + 1;
  await db
    .update(tables.jobs)
    .set({
      status: "running",
      attempts: attempt,
      leasedBy: claim.workerId,
      leasedUntil: claim.leasedUntil,
      claimedAt: claim.now,
    })
    .where(and(eq(tables.jobs.tenantId, due.tenant_id), eq(tables.jobs.id, due.id)));
  const ofRun = and(eq(tables.runs.tenantId, due.tenant_id), eq(tables.runs.id, due.run_id));
  await db.update(tables.runs).set({ status: "running" }).where(ofRun);
  await db
    .update(tables.runs)
    .set({ startedAt: claim.now })
    .where(and(ofRun, isNull(tables.runs.startedAt)));
  return {
    tenantId: due.tenant_id,
    jobId: due.id,
    runId: due.run_id,
    workerId: claim.workerId,
    attempt,
  };
}

async function giveUpJob(tx: PlatformTx, claim: JobClaim, due: DueJob): Promise<void> {
  const { db, tables } = tx.session;
  await db
    .update(tables.jobs)
    .set({ status: "failed", leasedBy: null, leasedUntil: null })
    .where(and(eq(tables.jobs.tenantId, due.tenant_id), eq(tables.jobs.id, due.id)));
  await db
    .update(tables.runs)
    .set({
      status: "failed",
      error: `The run was given up: ${claim.attemptsMax} workers took it and none finished it.`,
      finishedAt: claim.now,
    })
    .where(and(eq(tables.runs.tenantId, due.tenant_id), eq(tables.runs.id, due.run_id)));
}

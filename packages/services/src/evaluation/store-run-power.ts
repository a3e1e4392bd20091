import { updateRun } from "@assay/store";
import type { Platform } from "../context.ts";
import { loadOpposite } from "./judge-run.ts";
import { powerOf } from "./power-of.ts";
import type { RunPlan } from "./run-plan.ts";
import type { WorkerLease } from "./worker-lease.ts";

/**
 * Stores what a run can show before its first case is done, from the spread of the scores of the run that its gate will
 * compare it with. Done where it begins and not where it is queued: only then has the incumbent surely been measured.
 */
export async function storeRunPower(platform: Platform, lease: WorkerLease, plan: RunPlan): Promise<void> {
  const { run, suiteVersion, done } = plan;
  const { gate: policy, repeats } = suiteVersion.spec;
  if (run.power !== null || done > 0 || policy === undefined || run.hashes.selection !== null) return;
  const tenant = platform.store.forTenant(run.tenantId);
  const { incumbent } = await tenant.read((tx) => loadOpposite(platform, tx, { run, suiteVersion, policy }));
  if (incumbent === null) return;
  const power = powerOf({ policy, cases: run.total / repeats, earlier: incumbent });
  await lease.write((tx) => updateRun(tx, run.id, { power }));
}

import { invariant } from "@assay/core";
import { createGateMonitor, type GateMonitor, metricsOfPolicy } from "@assay/evaluator";
import { metricNumbers, type ResultInsert } from "@assay/store";
import type { Platform } from "../context.ts";
import { loadOpposite } from "./judge-run.ts";
import { repeatScoreOf, repeatScores } from "./load-case-scores.ts";
import { loadRunOrder } from "./load-run-order.ts";
import type { RunPlan } from "./run-plan.ts";

/** Watches a run that may end as soon as its gate is decided; of any other run it watches nothing. */
export class EarlyStop {
  readonly #monitor: GateMonitor | null;
  /** The places of the cases in the order in which they must be done; null where any order will do. */
  readonly positions: readonly number[] | null;

  private constructor(monitor: GateMonitor | null, positions: readonly number[] | null) {
    this.#monitor = monitor;
    this.positions = positions;
  }

  /** Knows of the results that earlier attempts at the run have stored. */
  static async open(platform: Platform, { run, suiteVersion }: RunPlan): Promise<EarlyStop> {
    if (!run.stopEarly) return new EarlyStop(null, null);
    const { gate: policy, passesMin, repeats } = suiteVersion.spec;
    invariant(policy !== undefined, "a run without a gate is refused the option to stop early");
    return await platform.store.forTenant(run.tenantId).read(async (tx) => {
      const { rolledBackFrom, ...opposite } = await loadOpposite(platform, tx, { run, suiteVersion, policy });
      // The monitor compares with one version: against two, all cases are run.
      if (rolledBackFrom !== null) return new EarlyStop(null, null);
      const order = await loadRunOrder(platform, tx, { run, repeats });
      const monitor = createGateMonitor({ policy, order, passesMin, ...opposite });
      const metrics = metricsOfPolicy(policy);
      for await (const one of repeatScores(tx, run, { metrics })) monitor.add(one);
      return new EarlyStop(
        monitor,
        order.cases.map(({ position }) => position),
      );
    });
  }

  add(row: ResultInsert): void {
    if (this.#monitor === null) return;
    this.#monitor.add(repeatScoreOf({ ...row, metrics: metricNumbers(row.outcome) }));
  }

  /** Would the verdict be the same whatever the other cases showed, as far as chance allows to say? */
  get isDecided(): boolean {
    return this.#monitor !== null && this.#monitor.decision() !== "undecided";
  }
}

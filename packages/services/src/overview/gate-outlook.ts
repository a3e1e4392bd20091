import { LIMITS } from "@assay/core";
import { findNewestRun, type GateInForce, type PromptVersionRow, type TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";
import { decidePromotion } from "../promotion/decide-promotion.ts";
import { type Foreseen, keepDecision, recallDecision } from "./decision-memory.ts";

interface Asked {
  gate: GateInForce;
  version: PromptVersionRow;
  /** What brought the label where it is; null where it is nowhere. */
  moveId: string | null;
}

/** What gates would say at this moment, of as many as one overview may work out. */
export class GateOutlook {
  readonly #platform: Platform;
  readonly #tx: TenantTx;
  #left: number = LIMITS.overviewDecisionsMax;
  #isPart = false;

  constructor(platform: Platform, tx: TenantTx) {
    this.#platform = platform;
    this.#tx = tx;
  }

  /** Was there more to work out than there may be? */
  get isPart(): boolean {
    return this.#isPart;
  }

  /** Undefined once too much was asked for. */
  async foresee({ gate, version, moveId }: Asked): Promise<Foreseen | undefined> {
    const [tx, now] = [this.#tx, this.#platform.now()];
    const { suiteVersion, datasetVersion } = gate;
    const ofVersion = { suiteId: suiteVersion.suiteId, promptVersionId: version.id };
    const run = await findNewestRun(tx, { ...ofVersion, statuses: ["completed"] });
    if (run === undefined) return { passes: false, isMeasured: false };
    const key = [moveId, suiteVersion.id, datasetVersion.id, version.id, run.id].join(" ");
    const known = recallDecision(tx.tenantId, key, now);
    if (known !== undefined) return known;
    if (this.#left === 0) {
      this.#isPart = true;
      return undefined;
    }
    this.#left -= 1;
    const { verdict, evidence } = await decidePromotion(this.#platform, tx, { gate, version });
    const foreseen = { passes: verdict.outcome === "pass", isMeasured: evidence !== null };
    keepDecision(tx.tenantId, key, { ...foreseen, now });
    return foreseen;
  }
}

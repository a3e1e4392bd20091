import { LIMITS, type Overview } from "@assay/core";
import { findPresence, listActiveRuns, type TenantTx } from "@assay/store";
import { visiblePromptIds } from "../confinement.ts";
import type { Context } from "../context.ts";
import { viewRuns } from "../evaluation/run-view.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import type { VerbInput } from "../verb.ts";
import { listChangesToDecide } from "./list-changes-to-decide.ts";
import { listExpiringKeyNotes } from "./list-expiring-key-notes.ts";
import { listFailedRunNotes } from "./list-failed-run-notes.ts";
import { listGateNotes } from "./list-gate-notes.ts";
import type { Looked } from "./looked.ts";

/** What somebody should look at, most urgent kind first, and what is going on. Each kind is bounded, and says so. */
export async function getOverview(context: Context, _input: VerbInput<"getOverview">): Promise<Overview> {
  const { tenant } = context;
  // It may work out what gates would say, as a look at a promotion does.
  return await oneAtATime(tenant.tenantId, () => tenant.read((tx) => overview(context, tx)));
}

async function overview(context: Context, tx: TenantTx): Promise<Overview> {
  const promptIds = await visiblePromptIds(context, tx);
  const looked: Looked[] = [
    await listChangesToDecide(context, tx, promptIds),
    await listGateNotes(context, tx, promptIds),
    await listFailedRunNotes(context, tx, promptIds),
    await listExpiringKeyNotes(context, tx),
  ];
  const active = await listActiveRuns(tx, { promptIds, limit: LIMITS.overviewRunsMax });
  return {
    attention: looked.flatMap(({ items }) => items),
    isPart: looked.some(({ isPart }) => isPart),
    activeRuns: await viewRuns(tx, active),
    has: await findPresence(tx, promptIds),
  };
}

import { invariant, type QueueAgreement, type ScorerUse } from "@assay/core";
import { referencesOfUse, usesOfKind } from "@assay/evaluator";
import {
  type AnnotationQueueRow,
  findAnnotationItem,
  findRun,
  findRunParts,
  listJudgesOfQueue,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findQueue } from "./find-queue.ts";
import { authorsOfJudge } from "./judge-identity.ts";
import { measureAgreement } from "./measure-agreement.ts";
import { measurePeople } from "./measure-people.ts";

const JUDGES_MAX = 20;

/** What people say, and each judge that gave verdicts on outputs of the queue, with its agreement over all that people labelled of the queue's prompt. */
export async function getJudgeAgreement(
  context: Context,
  { queue: slug }: VerbInput<"getJudgeAgreement">,
): Promise<QueueAgreement> {
  return await context.tenant.read(async (tx) => {
    const queue = await findQueue(context, tx, { slug });
    const items: QueueAgreement["items"] = [];
    for (const judge of await listJudgesOfQueue(tx, { queueId: queue.id, limit: JUDGES_MAX })) {
      const { judgeSha256, newestItemId } = judge;
      const { use, suiteVersion } = await useBehind(tx, queue, newestItemId);
      const measured = await measureAgreement(tx, {
        judged: { judgeSha256, promptId: queue.promptId },
        authors: await authorsOfJudge(tx, use, suiteVersion),
        minAnnotators: 1,
      });
      items.push({ judgeSha256, judge: nameOf(use), ...measured });
    }
    return { people: await measurePeople(tx, queue), items };
  });
}

/** The use of the scorer whose judge gave the verdict of an item, and the suite version that it stands in. */
async function useBehind(
  tx: TenantTx,
  queue: AnnotationQueueRow,
  itemId: string,
): Promise<{ use: ScorerUse; suiteVersion: SuiteVersionRow }> {
  const item = await findAnnotationItem(tx, queue.id, itemId);
  const run = item && (await findRun(tx, item.runId));
  const parts = run && (await findRunParts(tx, run));
  const uses = usesOfKind(parts?.suiteVersion.spec.scorers ?? [], "judge");
  const use = uses.find(({ name, type }) => (name ?? type) === queue.metric);
  invariant(use !== undefined && parts !== undefined, "an item is of a run with the queue's metric");
  return { use, suiteVersion: parts.suiteVersion };
}

function nameOf(use: ScorerUse): string {
  const { judges = [], models = [] } = referencesOfUse(use);
  return [...judges.map(({ prompt, version }) => `${prompt}@${version}`), ...models].join(", ");
}

import type { PeopleLabels } from "@assay/core";
import { cohenKappa, type JudgementPair, wilsonInterval } from "@assay/evaluator";
import { type AnnotationQueueRow, listItemsOfQueue, listLabelsOfQueue, type TenantTx } from "@assay/store";
import { labelsBySubject } from "./subject-labels.ts";

/**
 * What people say of a queue's outputs. Only outputs that have all their labels count: a share of the others would tell
 * the next annotator what those before said.
 */
export async function measurePeople(tx: TenantTx, queue: AnnotationQueueRow): Promise<PeopleLabels> {
  const items = await listItemsOfQueue(tx, queue.id);
  const labels = labelsBySubject(await listLabelsOfQueue(tx, queue.id));
  const counts = { passed: 0, failed: 0, undecided: 0, incomplete: 0 };
  const pairs: JudgementPair[] = [];
  for (const subject of new Set(items.map(({ subjectSha256 }) => subjectSha256))) {
    const given = labels.get(subject) ?? [];
    counts[wordOf(given, queue.labelsPerItem)] += 1;
    const [first, second] = given;
    if (given.length >= queue.labelsPerItem && first !== undefined && second !== undefined) {
      pairs.push({ judge: first.passed, human: second.passed });
    }
  }
  return { ...counts, ...passRateOf(counts), amongPeople: cohenKappa(pairs) };
}

type Word = "passed" | "failed" | "undecided" | "incomplete";

function wordOf(given: readonly { passed: boolean }[], needed: number): Word {
  if (given.length < needed) return "incomplete";
  const passes = given.filter(({ passed }) => passed).length;
  if (2 * passes === given.length) return "undecided";
  return 2 * passes > given.length ? "passed" : "failed";
}

function passRateOf({ passed, failed }: { passed: number; failed: number }) {
  const decided = passed + failed;
  if (decided === 0) return { passRate: null, lower: null, upper: null };
  const passRate = passed / decided;
  return { passRate, ...wilsonInterval(passRate, decided) };
}

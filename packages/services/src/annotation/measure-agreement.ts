import { type Agreement, cohenKappa, type JudgementPair } from "@assay/evaluator";
import {
  type AnnotationItemRow,
  labelsPerItemOfQueues,
  listItemsOfJudge,
  listLabelsOfSubjects,
  type SubjectLabel,
  type TenantTx,
} from "@assay/store";
import { labelsBySubject } from "./subject-labels.ts";

/** More than any interval needs, and few enough to be read within a label's move. */
const ITEMS_MAX = 20_000;

/** How far a judge agrees with people, and what was left out of that. */
export interface MeasuredAgreement {
  judgeAndPeople: Agreement;
  amongPeople: Agreement;
  incomplete: number;
  undecided: number;
  byAuthorOnly: number;
  notRepresentative: number;
}

/**
 * Holds what a judge said of outputs against the labels people gave the same outputs, for this judge or for another. An
 * output counts once, when it was drawn without looking at verdicts and has all its labels; the majority of its labels
 * decides, without those of the judge's `authors`, who would label as they meant the prompt.
 */
export async function measureAgreement(
  tx: TenantTx,
  { judgeSha256, authors }: { judgeSha256: string; authors: ReadonlySet<string> },
): Promise<MeasuredAgreement> {
  const items = await listItemsOfJudge(tx, { judgeSha256, limit: ITEMS_MAX });
  const outputs = new Map<string, AnnotationItemRow>();
  for (const item of items) {
    if (item.isRepresentative && !outputs.has(item.subjectSha256)) outputs.set(item.subjectSha256, item);
  }
  const needed = await labelsPerItemOfQueues(tx, [...new Set(items.map(({ queueId }) => queueId))]);
  const labels = labelsBySubject(await listLabelsOfSubjects(tx, [...outputs.keys()]));
  const counts = { incomplete: 0, undecided: 0, byAuthorOnly: 0 };
  const pairs: JudgementPair[] = [];
  const peoplePairs: JudgementPair[] = [];
  for (const [subject, item] of outputs) {
    const given = labels.get(subject) ?? [];
    const [first, second] = given;
    if (first !== undefined && second !== undefined) {
      peoplePairs.push({ judge: first.passed, human: second.passed });
    }
    const human = majority(given, { needed: needed.get(item.queueId) ?? 1, authors });
    if (typeof human === "boolean") pairs.push({ judge: item.judgePassed, human });
    else counts[human] += 1;
  }
  const drawn = new Set(items.filter((item) => !item.isRepresentative).map((item) => item.subjectSha256));
  return {
    judgeAndPeople: cohenKappa(pairs),
    amongPeople: cohenKappa(peoplePairs),
    ...counts,
    notRepresentative: [...drawn].filter((subject) => !outputs.has(subject)).length,
  };
}

function majority(
  labels: readonly SubjectLabel[],
  { needed, authors }: { needed: number; authors: ReadonlySet<string> },
): boolean | "incomplete" | "undecided" | "byAuthorOnly" {
  if (labels.length < needed) return "incomplete";
  const counting = labels.filter(({ annotator }) => !authors.has(annotator));
  if (counting.length === 0) return "byAuthorOnly";
  const passes = counting.filter(({ passed }) => passed).length;
  return 2 * passes === counting.length ? "undecided" : 2 * passes > counting.length;
}

import { type Agreement, cohenKappa, type JudgementPair } from "@assay/evaluator";
import {
  type AnnotationItemRow,
  type JudgedOutputs,
  labelsPerItemOfQueues,
  listItemsOfJudge,
  listLabelsOfSubjects,
  type SubjectLabel,
  type TenantTx,
} from "@assay/store";
import { findHands } from "../promotion/key-line.ts";
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

interface Measured {
  judged: JudgedOutputs;
  /** Whose labels do not count, nor those of keys that may be in the same hand. */
  authors: ReadonlySet<string>;
  /** An output counts only with labels by so many different hands. */
  minAnnotators: number;
}

/**
 * Holds what a judge said of outputs against the labels people gave the same outputs, for this judge or for another. An
 * output counts once, when it was drawn without looking at verdicts and has all its labels; the majority of its labels
 * decides, without those of the judge's `authors`, who would label as they meant the prompt.
 */
export async function measureAgreement(
  tx: TenantTx,
  { judged, authors, minAnnotators }: Measured,
): Promise<MeasuredAgreement> {
  const items = await listItemsOfJudge(tx, judged, ITEMS_MAX);
  const outputs = new Map<string, AnnotationItemRow>();
  for (const item of items) {
    if (item.isRepresentative && !outputs.has(item.subjectSha256)) outputs.set(item.subjectSha256, item);
  }
  const needed = await labelsPerItemOfQueues(tx, [...new Set(items.map(({ queueId }) => queueId))]);
  const labels = labelsBySubject(await listLabelsOfSubjects(tx, [...outputs.keys()]));
  const count = await countingRule(tx, { labels, authors, minAnnotators });
  const counts = { incomplete: 0, undecided: 0, byAuthorOnly: 0 };
  const pairs: JudgementPair[] = [];
  const peoplePairs: JudgementPair[] = [];
  for (const [subject, item] of outputs) {
    const given = labels.get(subject) ?? [];
    const [first, second] = given;
    if (first !== undefined && second !== undefined) {
      peoplePairs.push({ judge: first.passed, human: second.passed });
    }
    const human = count(given, needed.get(item.queueId) ?? 1);
    if (typeof human !== "boolean") counts[human] += 1;
    else if (item.judgePassed !== null) pairs.push({ judge: item.judgePassed, human });
  }
  const drawn = new Set(items.filter((item) => !item.isRepresentative).map((item) => item.subjectSha256));
  return {
    judgeAndPeople: cohenKappa(pairs),
    amongPeople: cohenKappa(peoplePairs),
    ...counts,
    notRepresentative: [...drawn].filter((subject) => !outputs.has(subject)).length,
  };
}

type Counted = boolean | "incomplete" | "undecided" | "byAuthorOnly";

/** How the labels of one output are counted. */
async function countingRule(
  tx: TenantTx,
  { labels, authors, minAnnotators }: Omit<Measured, "judged"> & { labels: Map<string, SubjectLabel[]> },
): Promise<(given: readonly SubjectLabel[], needed: number) => Counted> {
  const annotators = new Set([...labels.values()].flat().map(({ annotator }) => annotator));
  const hands = await findHands(tx, [...annotators, ...authors]);
  const counting = new Set(
    [...annotators].filter((annotator) => ![...authors].some((author) => hands.isSame(author, annotator))),
  );
  return (given, needed) => {
    if (given.length < needed) return "incomplete";
    const counted = given.filter(({ annotator }) => counting.has(annotator));
    if (counted.length === 0) return "byAuthorOnly";
    if (hands.countDifferent(counted.map(({ annotator }) => annotator)) < minAnnotators) return "incomplete";
    const passes = counted.filter(({ passed }) => passed).length;
    return 2 * passes === counted.length ? "undecided" : 2 * passes > counted.length;
  };
}

import { type JudgeInSuite, JudgePolicy, LIMITS, type Page } from "@assay/core";
import { decideJudgeAgreement, type JudgeStanding, referencesOfUse, usesOfKind } from "@assay/evaluator";
import {
  type AnnotationQueueRow,
  findNewestDatasetVersion,
  listNewestSuiteVersions,
  listQueuesOfPrompts,
  type SuiteRow,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";
import { encodeCursor, keysetOf } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { loadStandingsOf } from "./load-judge-standings.ts";

interface SuiteNow {
  suite: SuiteRow;
  newest: SuiteVersionRow;
}

/**
 * Judges of the suites, suite by suite. A page ends after the suite that filled it, or after as many suites as one
 * request looks through, so a page can be empty and have a next one.
 */
export async function listJudges(
  context: Context,
  query: VerbInput<"listJudges">,
): Promise<Page<JudgeInSuite>> {
  const { after } = keysetOf(query);
  const { prompts } = context.caller;
  return await context.tenant.read(async (tx) => {
    const limit = LIMITS.suitesScannedPerPageMax;
    const { rows: suites, isCut } = await listNewestSuiteVersions(tx, {
      ...(after !== undefined && { after }),
      limit,
    });
    const visible = ({ newest }: SuiteNow) => prompts === null || prompts.includes(newest.spec.prompt);
    const isEnd = !isCut && suites.length < limit;
    const cursorAfter = (one: SuiteNow) =>
      isEnd && one === suites.at(-1) ? null : encodeCursor(one.suite.slug);
    const items: JudgeInSuite[] = [];
    for (const one of suites) {
      if (visible(one)) items.push(...(await judgesOf(context, tx, one)));
      if (items.length >= query.limit) return { items, nextCursor: cursorAfter(one) };
    }
    const last = suites.at(-1);
    return { items, nextCursor: last === undefined ? null : cursorAfter(last) };
  });
}

async function judgesOf(
  context: Context,
  tx: TenantTx,
  { suite, newest }: SuiteNow,
): Promise<JudgeInSuite[]> {
  const uses = usesOfKind(newest.spec.scorers, "judge");
  if (uses.length === 0) return [];
  const { gate: policy } = newest.spec;
  const datasetVersion = await findNewestDatasetVersion(tx, newest.datasetId);
  const standings = await loadStandingsOf(context.platform, tx, {
    datasetSha256: datasetVersion?.contentSha256 ?? "",
    suiteVersion: newest,
    policy: policy ?? null,
    candidate: null,
  });
  const queues = await listQueuesOfPrompts(tx, [newest.promptId]);
  return standings.map((standing, at) => {
    const use = uses[at];
    const { judges = [], models = [] } = use === undefined ? {} : referencesOfUse(use);
    return {
      suite: suite.slug,
      suiteVersion: newest.version,
      prompt: newest.spec.prompt,
      metric: standing.metric,
      scorer: use?.type ?? "",
      weight: standing.weight,
      judges: [...judges.map(({ prompt, version }) => `${prompt}@${version}`), ...models],
      ...viewStanding(standing, newest),
      queues: queuesOf(queues, standing.metric),
    };
  });
}

function viewStanding(standing: JudgeStanding, { spec: { gate: policy } }: SuiteVersionRow) {
  const { minKappa, minLabels } = policy?.judges ?? JudgePolicy.parse({});
  const [clause] = policy === undefined ? [] : decideJudgeAgreement({ policy, judges: [standing] });
  return {
    standing: standingOf(clause?.outcome),
    agreement: standing.agreement,
    minKappa,
    minLabels,
    message: clause?.message ?? null,
  };
}

function standingOf(outcome: string | undefined): JudgeInSuite["standing"] {
  if (outcome === undefined) return "reports";
  return outcome === "pass" ? "proven" : "suspended";
}

function queuesOf(queues: readonly AnnotationQueueRow[], metric: string): string[] {
  return queues.filter((queue) => queue.metric === metric).map(({ slug }) => slug);
}

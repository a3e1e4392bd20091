import type { Answerer } from "./answerer.ts";
import { caseText, HELD_OUT_PHRASING, readCases, type StarterCase } from "./cases.ts";
import { type Mark, markAnswer, meanMark } from "./mark.ts";
import { STARTER, type StarterTenant } from "./starter.ts";

/** A share from 0 to 1 that must be reached or kept under. */
export interface Target {
  readonly kind: "at least" | "at most";
  readonly share: number;
}

/** One line of the table. Without a target the figure is for information. */
export interface ScoreRow {
  readonly work: string;
  readonly share: number;
  readonly target: Target | undefined;
}

/** How much worse, in share of exact answers, a vague prompt must be than a good one. */
const VISIBLY_WORSE = 0.2;
const BASE_COMPANY = "Lumo";
const VAGUE_PROMPT = "You are a helpful assistant.";
const INTENT_ONLY_PROMPT = "Answer in JSON with the intent.";
const UNSEEN_PROMPT =
  "You are Lumo's mail clerk. Read what the customer wrote and give me JSON that tells the intent and the urgency.";

type Measure = (options: {
  readonly cases: readonly StarterCase[];
  readonly system: string;
  readonly adapterPath?: string;
}) => Promise<Mark>;

/** The table's figures, computed in order; `onRow` is told of each row as soon as it is known. */
export async function measureStarter(
  answerer: Answerer,
  onRow: (row: ScoreRow) => void,
): Promise<ScoreRow[]> {
  const rows: ScoreRow[] = [];
  const add = (work: string, share: number, target?: Target) => {
    const row = { work, share, target };
    rows.push(row);
    onRow(row);
  };
  const measure: Measure = async ({ cases, system, adapterPath }) => {
    const marks: Mark[] = [];
    for (const each of cases) {
      const text = await answerer.ask({ system, user: caseText(each), adapterPath });
      marks.push(markAnswer(text, each.expected));
    }
    return meanMark(marks);
  };
  await measureBase(measure, add);
  for (const tenant of STARTER.tenants) await measureTenant(tenant, measure, add);
  return rows;
}

/** The prompt that names company, format and fields. */
export function goodPrompt(company: string): string {
  return `You are the support desk of ${company}. Answer in JSON with intent and urgency.`;
}

/** The base's own cases of trained phrasings, and those of held-out ones. */
export function baseCases(): { known: StarterCase[]; heldOut: StarterCase[] } {
  const cases = readCases(STARTER.baseDatasetPath);
  const isHeldOut = (each: StarterCase) => each.tags.includes(HELD_OUT_PHRASING);
  return { known: cases.filter((each) => !isHeldOut(each)), heldOut: cases.filter(isHeldOut) };
}

type Add = (work: string, share: number, target?: Target) => void;

async function measureBase(measure: Measure, add: Add): Promise<void> {
  const { known, heldOut } = baseCases();
  const system = goodPrompt(BASE_COMPANY);
  const good = await measure({ cases: known, system });
  add("base, good prompt, held-out messages: exact", good.exact, atLeast(0.97));
  add("base, good prompt, held-out messages: fields", good.fields);
  const phrasings = await measure({ cases: heldOut, system });
  add("base, good prompt, phrasings never trained on: exact", phrasings.exact, atLeast(0.7));
  const unseen = await measure({ cases: known, system: UNSEEN_PROMPT });
  add("base, a prompt wording never trained on: exact", unseen.exact);
  const intentOnly = await measure({ cases: known, system: INTENT_ONLY_PROMPT });
  add("base, prompt that forgets the urgency: exact", intentOnly.exact, atMost(good.exact - VISIBLY_WORSE));
  add(
    "base, prompt that forgets the urgency: fields",
    intentOnly.fields,
    atMost(good.fields - VISIBLY_WORSE),
  );
  const vague = await measure({ cases: known, system: VAGUE_PROMPT });
  add("base, vague prompt: exact", vague.exact, atMost(good.exact - VISIBLY_WORSE));
  add("base, vague prompt: fields", vague.fields, atMost(good.fields - VISIBLY_WORSE));
}

async function measureTenant(tenant: StarterTenant, measure: Measure, add: Add): Promise<void> {
  const cases = readCases(tenant.dataset.path);
  const heldOut = cases.filter((each) => each.tags.includes(HELD_OUT_PHRASING));
  const system = goodPrompt(tenant.name);
  const base = await measure({ cases, system });
  add(`${tenant.slug} dataset, base: exact`, base.exact, atMost(0.55));
  const own = await measure({ cases, system, adapterPath: tenant.adapter.path });
  add(`${tenant.slug} dataset, own adapter: exact`, own.exact, atLeast(0.95));
  const phrasings = await measure({ cases: heldOut, system, adapterPath: tenant.adapter.path });
  add(`${tenant.slug} dataset, own adapter, phrasings never trained on: exact`, phrasings.exact);
  for (const other of STARTER.tenants.filter((each) => each.slug !== tenant.slug)) {
    const foreign = await measure({ cases, system, adapterPath: other.adapter.path });
    add(`${tenant.slug} dataset, ${other.slug} adapter: exact`, foreign.exact, atMost(base.exact));
  }
  const vague = await measure({ cases, system: VAGUE_PROMPT, adapterPath: tenant.adapter.path });
  add(
    `${tenant.slug} dataset, own adapter, vague prompt: exact`,
    vague.exact,
    atMost(own.exact - VISIBLY_WORSE),
  );
  const kept = await measure({
    cases: baseCases().known,
    system: goodPrompt(BASE_COMPANY),
    adapterPath: tenant.adapter.path,
  });
  add(`base task with the ${tenant.slug} adapter on: exact`, kept.exact, atLeast(0.85));
}

function atLeast(share: number): Target {
  return { kind: "at least", share };
}

function atMost(share: number): Target {
  return { kind: "at most", share };
}

/** Whether a row reaches its target; undefined when it has none. */
export function isMet(row: ScoreRow): boolean | undefined {
  if (row.target === undefined) return undefined;
  return row.target.kind === "at least" ? row.share >= row.target.share : row.share <= row.target.share;
}

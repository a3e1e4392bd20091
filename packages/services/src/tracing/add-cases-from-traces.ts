import { setImmediate as nextTurn } from "node:timers/promises";
import {
  AppError,
  Case,
  type CasesFromTraces,
  holdsScope,
  type ImportedDataset,
  type Json,
  LIMITS,
  notFound,
  PiiKind,
  type Redaction,
} from "@assay/core";
import { caseOfTrace, type MappedTrace, Redactor, type TraceToMap } from "@assay/evaluator";
import {
  assertOutsideWrite,
  findDatasetBySlug,
  listCaseKeys,
  listDatasetVersionRows,
  listFeedbackOf,
  listTraceContents,
  sumBytesOfTraces,
  type TenantTx,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { appendCases } from "../datasets/append-cases.ts";
import type { VerbInput } from "../verb.ts";
import { requireTrace } from "./get-trace.ts";

type Input = VerbInput<"addCasesFromTraces">;
type Skipped = CasesFromTraces["skipped"];

/**
 * Shows what traces come to as cases, or adds them to the dataset's newest version as the next one. A trace that is a
 * case already, that has no texts, or that the mapping finds nothing in, is left out with the reason.
 * @throws AppError `scope_missing` for a key that may not read; `not_found`; `invalid_input` where nothing would be
 * added; `payload_too_large` where their texts are; `conflict` when the dataset or the tenant holds as much as it may
 */
export async function addCasesFromTraces(context: Context, input: Input): Promise<CasesFromTraces> {
  if (!holdsScope(context.caller.scopes, "read")) {
    throw new AppError(
      "scope_missing",
      'Cases show what was said: this needs a key with the scope "read" too.',
      {
        scope: "read",
      },
    );
  }
  const found = await context.tenant.read((tx) => readTraces(context, tx, input));
  const mapped = await mapTraces(input, found);
  if (input.preview) return { ...mapped, imported: null };
  return await context.tenant.write(async (tx) => {
    // Another request may have added some of them meanwhile; the dataset is locked from here on.
    const { fresh, skipped } = withoutTaken(mapped, await takenKeys(tx, input, true));
    if (fresh.length === 0) {
      throw new AppError("invalid_input", "None of these traces would become a case.", { skipped });
    }
    const imported = await appendCases(tx, { dataset: input.dataset, added: fresh });
    if (imported === undefined) throw notFound("dataset");
    await auditImport(context, tx, { input, imported, count: fresh.length });
    return { cases: fresh, redactions: redactionsOf(mapped.redactions, fresh), skipped, imported };
  });
}

function auditImport(
  context: Context,
  tx: TenantTx,
  { input, imported, count }: { input: Input; imported: ImportedDataset; count: number },
): Promise<void> {
  return tx.audit({
    actor: actorOf(context),
    action: "dataset_version.add_traces",
    object: `${input.dataset}@${imported.version.version}`,
    details: { contentHash: imported.version.contentHash, added: count, redact: input.redact },
  });
}

interface Found {
  traces: TraceToMap[];
  skipped: Skipped;
}

async function readTraces(context: Context, tx: TenantTx, input: Input): Promise<Found> {
  const taken = await takenKeys(tx, input, false);
  await refuseTooLong(tx, input);
  const contents = await listTraceContents(tx, input.traces, context.platform.now());
  const contentOf = new Map(contents.map((row) => [row.traceId, row]));
  const feedback = await listFeedbackOf(tx, input.traces);
  const found: Found = { traces: [], skipped: [] };
  for (const traceId of input.traces) {
    const { status } = await requireTrace(context, tx, traceId);
    const content = contentOf.get(traceId);
    if (taken.has(traceId)) found.skipped.push({ traceId, reason: "it is a case of this dataset already" });
    else if (content === undefined) found.skipped.push({ traceId, reason: "its texts are not kept" });
    else {
      const { variables, messages, output, toolCalls } = content;
      found.traces.push({
        traceId,
        status,
        variables,
        messages,
        output,
        hasToolCalls: toolCalls !== null,
        feedback: feedback.filter((row) => row.traceId === traceId),
      });
    }
  }
  return found;
}

async function refuseTooLong(tx: TenantTx, { traces }: Input): Promise<void> {
  const bytes = await sumBytesOfTraces(tx, traces);
  const max = LIMITS.traceImportBytesMax;
  if (bytes <= max) return;
  const message = `The texts of these traces have ${bytes} bytes, and ${max} can be made cases of at once; take fewer.`;
  throw new AppError("payload_too_large", message, { bytes, max });
}

/** Which of the traces the dataset's newest version has as cases. */
async function takenKeys(tx: TenantTx, input: Input, lock: boolean): Promise<Set<string>> {
  const dataset = await findDatasetBySlug(tx, input.dataset, lock);
  if (dataset === undefined) throw notFound("dataset");
  const [newest] = await listDatasetVersionRows(tx, dataset.id, { limit: 1 });
  return newest === undefined ? new Set() : await listCaseKeys(tx, newest.id, input.traces);
}

interface Mapped {
  cases: Case[];
  redactions: Redaction[];
  skipped: Skipped;
}

/** Looking for personal data takes time: others are served after each trace. */
async function mapTraces(input: Input, found: Found): Promise<Mapped> {
  assertOutsideWrite();
  const redactor = new Redactor(input.redact === "all" ? PiiKind.options : input.redact);
  const mapped: Mapped = { cases: [], redactions: [], skipped: [...found.skipped] };
  for (const trace of found.traces) {
    await nextTurn();
    const made = caseOfTrace(trace, input.mapping, input.tags);
    const { result, redactions } = made.ok
      ? redactCase(made.case, redactor)
      : { result: made, redactions: [] };
    if (result.ok) {
      mapped.cases.push(result.case);
      mapped.redactions.push(...redactions);
    } else mapped.skipped.push({ traceId: trace.traceId, reason: result.reason });
  }
  return mapped;
}

function redactCase(
  { key, tags, ...parts }: Case,
  redactor: Redactor,
): { result: MappedTrace; redactions: Redaction[] } {
  const replaced: Omit<Redaction, "caseKey">[] = [];
  // Key and tags are names that we and the caller gave; everything else is what users wrote.
  const parsed = Case.safeParse({ key, tags, ...redactor.redact(parts as Record<string, Json>, replaced) });
  if (!parsed.success)
    return {
      result: { ok: false, reason: `it is no valid case: ${parsed.error.issues[0]?.message}` },
      redactions: [],
    };
  if (Buffer.byteLength(JSON.stringify(parsed.data)) > LIMITS.caseBytesMax)
    return {
      result: { ok: false, reason: `it is longer than ${LIMITS.caseBytesMax} bytes` },
      redactions: [],
    };
  return {
    result: { ok: true, case: parsed.data },
    redactions: replaced.map((each) => ({ caseKey: key, ...each })),
  };
}

function withoutTaken({ cases, skipped }: Mapped, taken: ReadonlySet<string>) {
  const late = cases.filter(({ key }) => taken.has(key));
  return {
    fresh: cases.filter(({ key }) => !taken.has(key)),
    skipped: [
      ...skipped,
      ...late.map(({ key }) => ({ traceId: key, reason: "it is a case of this dataset already" })),
    ],
  };
}

function redactionsOf(redactions: readonly Redaction[], cases: readonly Case[]): Redaction[] {
  const keys = new Set(cases.map(({ key }) => key));
  return redactions.filter(({ caseKey }) => keys.has(caseKey));
}

import { type GateChange, GateSetting, type Page, type SuiteSpec } from "@assay/core";
import { explainGate } from "@assay/evaluator";
import { findSuiteBySlug, findSuiteVersion, listAuditRows, type TenantTx } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";

const SET = "gate.set";
type AuditRow = Awaited<ReturnType<typeof listAuditRows>>[number];

/**
 * The versions of a gate: each time it was set or removed, by whom and to what. Read from the audit entries, which
 * never change, and from the suite versions that they name.
 */
export async function listGateChanges(
  context: Context,
  input: VerbInput<"listGateChanges">,
): Promise<Page<GateChange>> {
  return await context.tenant.read(async (tx) => {
    const prompt = await findPrompt(context, tx, input.prompt);
    const rows = await listAuditRows(tx, {
      object: `${prompt.slug}@${input.label}`,
      actions: [SET, "gate.remove"],
      ...keysetOf(input),
    });
    const page = pageOfRows({ query: input, rows, toItem: (row) => row, cursorOf: (row) => row.id });
    const items: GateChange[] = [];
    for (const row of page.items) items.push(await viewChange(tx, row));
    return { items, nextCursor: page.nextCursor };
  });
}

async function viewChange(tx: TenantTx, row: AuditRow): Promise<GateChange> {
  const { suite, suiteVersion, dataset, datasetVersion } = GateSetting.parse(row.details);
  const spec = await findSpec(tx, { suite, suiteVersion });
  const policy = spec?.gate;
  return {
    change: row.action === SET ? "set" : "removed",
    suite: suite ?? null,
    suiteVersion: suiteVersion ?? null,
    dataset: dataset ?? null,
    datasetVersion: datasetVersion ?? null,
    policy: policy ?? null,
    explanation: policy === undefined ? [] : explainGate(policy, spec?.scorers),
    changedBy: row.actor,
    changedAt: row.createdAt.toISOString(),
  };
}

async function findSpec(
  tx: TenantTx,
  { suite: slug, suiteVersion: number }: Pick<GateSetting, "suite" | "suiteVersion">,
): Promise<SuiteSpec | undefined> {
  if (slug === undefined || number === undefined) return undefined;
  const suite = await findSuiteBySlug(tx, slug);
  return suite && (await findSuiteVersion(tx, suite.id, number))?.spec;
}

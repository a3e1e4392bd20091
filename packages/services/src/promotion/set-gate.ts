import { AppError, type Gate, invariant, notFound } from "@assay/core";
import {
  findGate,
  findNewestSuiteVersion,
  findSuiteBySlug,
  findSuiteVersion,
  type PromptRow,
  putGateRow,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import { requireLabelAccess } from "../confinement.ts";
import { actorOf, type Context } from "../context.ts";
import { findCases } from "../evaluation/find-cases.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { viewGate } from "./gate-view.ts";
import { LATEST } from "./resolve-label.ts";

/**
 * Protects a label by the gate block of a suite version, on the cases of a dataset version. Both stay in force until
 * the gate is set again: a newer suite version or newer cases change nothing by themselves. The label stays where it
 * is, and says that it is not proven.
 */
export async function setGate(context: Context, input: VerbInput<"setGate">): Promise<Gate> {
  requireLabelAccess(context, input.label);
  if (input.label === LATEST) {
    throw new AppError("invalid_input", `"${LATEST}" is kept by the server and cannot be protected.`);
  }
  return await context.tenant.write(async (tx) => {
    const prompt = await findPrompt(context, tx, { slug: input.prompt, lock: true });
    const suiteVersion = await findPolicy(tx, { input, prompt });
    const key = { promptId: prompt.id, label: input.label };
    const datasetVersion = await findCases(tx, { suiteVersion, number: input.datasetVersion });
    const approval = suiteVersion.spec.gate?.approval;
    const pins = {
      suiteVersionId: suiteVersion.id,
      datasetVersionId: datasetVersion.id,
      approval: approval === undefined ? null : approval.byOther ? ("other" as const) : ("anyone" as const),
    };
    await putGateRow(tx, { ...key, ...pins, now: context.platform.now() });
    await tx.audit({
      actor: actorOf(context),
      action: "gate.set",
      object: `${input.prompt}@${input.label}`,
      details: {
        suite: input.suite,
        suiteVersion: suiteVersion.version,
        dataset: suiteVersion.spec.dataset,
        datasetVersion: datasetVersion.version,
      },
    });
    const gate = await findGate(tx, key);
    invariant(gate !== undefined, "a gate that was put is there");
    return viewGate(input.prompt, gate);
  });
}

async function findPolicy(
  tx: TenantTx,
  { input, prompt }: { input: VerbInput<"setGate">; prompt: PromptRow },
): Promise<SuiteVersionRow> {
  const suite = await findSuiteBySlug(tx, input.suite);
  if (suite === undefined) throw notFound("suite");
  const { suiteVersion: number } = input;
  const row =
    number === undefined
      ? await findNewestSuiteVersion(tx, suite.id)
      : await findSuiteVersion(tx, suite.id, number);
  if (row === undefined) throw notFound("suite version");
  const name = `Version ${row.version} of suite "${input.suite}"`;
  if (row.promptId !== prompt.id) {
    throw new AppError("invalid_input", `${name} is of the prompt "${row.spec.prompt}".`);
  }
  if (row.spec.gate === undefined) throw new AppError("invalid_input", `${name} has no gate block.`);
  if (row.spec.gate.label !== input.label) {
    throw new AppError("invalid_input", `${name} has a gate for the label "${row.spec.gate.label}".`);
  }
  return row;
}

import { type EvidenceHashes, invariant, sameJson } from "@assay/core";
import { referencesOfUse } from "@assay/evaluator";
import {
  type DatasetVersionRow,
  findRunParts,
  nameRuns,
  type PromptVersionRow,
  type RunRow,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import { changedHashes } from "../evaluation/evidence-hashes.ts";

/** What counts today, to hold a run against. */
export interface Today {
  version: PromptVersionRow;
  suiteVersion: SuiteVersionRow;
  datasetVersion: DatasetVersionRow;
  hashes: EvidenceHashes;
}

/** Why a run is no evidence any more: a sentence for each hash that differs, naming the input behind it. */
export async function explainChanges(tx: TenantTx, run: RunRow, today: Today): Promise<string[]> {
  const changed = changedHashes(run.hashes, today.hashes) as (keyof EvidenceHashes)[];
  if (changed.length === 0) return [];
  const parts = await findRunParts(tx, run);
  const names = (await nameRuns(tx, [run])).get(run.id);
  invariant(parts !== undefined && names !== undefined, "what a run was made of cannot be removed");
  const measured = { run, parts, names };
  return changed.map((name) => EXPLANATIONS[name](measured, today));
}

interface Measured {
  run: RunRow;
  parts: { suiteVersion: SuiteVersionRow };
  names: { suite: string; suiteVersion: number; dataset: string; datasetVersion: number };
}

const EXPLANATIONS: Record<keyof EvidenceHashes, (measured: Measured, today: Today) => string> = {
  promptVersion: (_, { version }) => `The run measured another content than version ${version.version} has.`,
  model: (_, { version }) =>
    `The model "${version.content.model}" changed: it is another file, or its connection reaches another place.`,
  adapter: (_, { version }) =>
    `The adapter file changed: version ${version.version} has ${version.content.adapter ?? "no adapter"}.`,
  dataset: ({ names }, { datasetVersion }) =>
    `The cases of dataset "${names.dataset}" changed: the run measured version ${names.datasetVersion}, version ${datasetVersion.version} counts now.`,
  suite: (measured, { suiteVersion }) =>
    `The suite "${measured.names.suite}" changed (${differing(measured, suiteVersion)}): the run used version ${measured.names.suiteVersion}, version ${suiteVersion.version} counts now.`,
  scorers: ({ names, parts }, { suiteVersion }) =>
    sameJson(parts.suiteVersion.spec.scorers, suiteVersion.spec.scorers)
      ? `A scorer of the suite "${names.suite}" has a newer revision, which may score the same answers otherwise: ${scorerTypes(suiteVersion)}.`
      : `The suite "${names.suite}" uses other scorers or options now: ${scorerTypes(suiteVersion)}.`,
  judges: ({ names, parts }, { suiteVersion }) => {
    const [then, now] = [askedBy(parts.suiteVersion), askedBy(suiteVersion)];
    return then === now
      ? `What the suite "${names.suite}" asks changed behind its name: the model, adapter or connection of ${now}.`
      : `The suite "${names.suite}" asks others now: the run asked ${then}, now it asks ${now}.`;
  },
  selection: () => "The run measured a part of the dataset only; a part is never evidence.",
  engineBuild: ({ run }, { hashes }) =>
    `The engine changed: the run was made with ${run.hashes.engineBuild}, this is ${hashes.engineBuild}.`,
};

/** The members of the suite's spec that differ and that scores depend on. */
function differing({ parts }: Measured, now: SuiteVersionRow): string {
  const members = ["scorers", "repeats", "passesMin", "passScore"] as const;
  const changed = members.filter(
    (member) => !sameJson(parts.suiteVersion.spec[member] ?? null, now.spec[member] ?? null),
  );
  return changed.length === 0 ? "in what scores depend on" : changed.join(", ");
}

function scorerTypes({ spec }: Pick<SuiteVersionRow, "spec">): string {
  return spec.scorers.map(({ name, type }) => (name === undefined ? type : `${name} (${type})`)).join(", ");
}

/** Judge prompts, models and connections that the suite's scorers ask. */
function askedBy({ spec }: Pick<SuiteVersionRow, "spec">): string {
  const names = spec.scorers.flatMap((use) => {
    const { judges = [], models = [], connections = [] } = referencesOfUse(use);
    return [...judges.map(({ prompt, version }) => `${prompt}@${version}`), ...models, ...connections];
  });
  return names.length === 0 ? "nobody" : [...new Set(names)].join(", ");
}

import type { ScorerUse } from "@assay/core";
import { findScorer, parseOptions } from "../check-scorers.ts";
import type { JudgeVersion, ScorerReferences } from "../define-scorer.ts";
import { type JudgeReference, parseJudgeReference } from "./judge-reference.ts";

/**
 * The uses with every judge's version pinned, as a suite is stored. `resolve` says which version a prompt means, the
 * newest where none is named, and throws for one that is not there. `uses` must have passed `checkScorers`.
 */
export async function pinJudges(
  uses: readonly ScorerUse[],
  resolve: (reference: { prompt: string; version: number | null }) => Promise<JudgeVersion>,
): Promise<ScorerUse[]> {
  const pinned: ScorerUse[] = [];
  for (const use of uses) {
    const reference = judgeOf(use);
    if (reference === undefined) pinned.push(use);
    else {
      const { prompt, version } = await resolve(parseJudgeReference(reference));
      pinned.push({ ...use, options: { ...use.options, judge: { prompt, version } } });
    }
  }
  return pinned;
}

/** The uses with what the models are that embed for them, as a suite is stored. `uses` must have passed `checkScorers`. */
export async function pinEmbeddingModels(
  uses: readonly ScorerUse[],
  hashOf: (model: string) => Promise<string>,
): Promise<ScorerUse[]> {
  const pinned: ScorerUse[] = [];
  for (const use of uses) {
    const model = embeddingModelOf(use);
    const modelSha256 = model === undefined ? undefined : await hashOf(model);
    pinned.push(modelSha256 === undefined ? use : { ...use, options: { ...use.options, modelSha256 } });
  }
  return pinned;
}

function embeddingModelOf(use: ScorerUse): string | undefined {
  return findScorer(use.type)?.kind === "embedding" ? referencesOfUse(use).models?.[0] : undefined;
}

function judgeOf(use: ScorerUse): JudgeReference | undefined {
  const scorer = findScorer(use.type);
  if (scorer?.kind !== "judge") return undefined;
  const options = parseOptions(scorer, use) as { judge?: JudgeReference };
  return options.judge;
}

/** Everything of the tenant that one use names. `use` must have passed `checkScorers`. */
export function referencesOfUse(use: ScorerUse): ScorerReferences {
  const scorer = findScorer(use.type);
  if (scorer === undefined || scorer.kind === "deterministic") return {};
  return scorer.references(parseOptions(scorer, use));
}

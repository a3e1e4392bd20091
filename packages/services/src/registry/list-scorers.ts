import type { ScorerInfo } from "@assay/core";
import { listScorers as listAllScorers } from "@assay/evaluator";
import type { Context } from "../context.ts";

/** Every scorer with the schema of its options; the same for every tenant. */
export async function listScorers(_context: Context, _input: object): Promise<{ items: ScorerInfo[] }> {
  return { items: listAllScorers() };
}

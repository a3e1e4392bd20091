import type { Scorer } from "../../define-scorer.ts";
import { answerRelevance } from "./answer-relevance.ts";
import { closedQa } from "./closed-qa.ts";
import { contextFaithfulness } from "./context-faithfulness.ts";
import { contextPrecision } from "./context-precision.ts";
import { contextRecall } from "./context-recall.ts";
import { contextRelevance } from "./context-relevance.ts";
import { factuality } from "./factuality.ts";
import { gEval } from "./g-eval.ts";
import { llmRubric } from "./llm-rubric.ts";
import { pairwise } from "./pairwise.ts";
import { selectBest } from "./select-best.ts";

/** The scorers that ask a prompt of the tenant; each has a prompt of its name in `prompts/judges`. */
export const JUDGES: readonly Scorer[] = [
  llmRubric,
  gEval,
  factuality,
  closedQa,
  answerRelevance,
  contextFaithfulness,
  contextPrecision,
  contextRecall,
  contextRelevance,
  pairwise,
  selectBest,
];

import type { Scorer } from "../define-scorer.ts";
import { assertionsOver } from "./assertions.ts";
import { bleu } from "./bleu.ts";
import { chrf } from "./chrf.ts";
import { contains } from "./contains.ts";
import { containsJson } from "./contains-json.ts";
import { cost } from "./cost.ts";
import { endsWith } from "./ends-with.ts";
import { exactMatch } from "./exact-match.ts";
import { gleu } from "./gleu.ts";
import { isJson } from "./is-json.ts";
import { isValidToolCall } from "./is-valid-tool-call.ts";
import { javascript } from "./javascript.ts";
import { jsonDiff } from "./json-diff.ts";
import { jsonFields } from "./json-fields.ts";
import { jsonSchema } from "./json-schema.ts";
import { JUDGES } from "./judges/index.ts";
import { labelModel } from "./label-model.ts";
import { language } from "./language.ts";
import { latency } from "./latency.ts";
import { length } from "./length.ts";
import { levenshtein } from "./levenshtein.ts";
import { multi } from "./multi.ts";
import { multiModel } from "./multi-model.ts";
import { numeric } from "./numeric.ts";
import { perplexity } from "./perplexity.ts";
import { piiLeak } from "./pii-leak.ts";
import { refusal } from "./refusal.ts";
import { regex } from "./regex.ts";
import { rougeL } from "./rouge-l.ts";
import { rougeN } from "./rouge-n.ts";
import { scoreModel } from "./score-model.ts";
import { similarity } from "./similarity.ts";
import { startsWith } from "./starts-with.ts";
import { stringCheck } from "./string-check.ts";
import { textSimilarity } from "./text-similarity.ts";
import { tokens } from "./tokens.ts";
import { toolCallExact } from "./tool-call-exact.ts";
import { toolCallF1 } from "./tool-call-f1.ts";
import { webhook } from "./webhook.ts";

const LISTED: readonly Scorer[] = [
  exactMatch,
  contains,
  startsWith,
  endsWith,
  regex,
  numeric,
  isJson,
  containsJson,
  jsonSchema,
  jsonFields,
  jsonDiff,
  levenshtein,
  rougeN,
  rougeL,
  bleu,
  gleu,
  chrf,
  toolCallExact,
  toolCallF1,
  isValidToolCall,
  refusal,
  language,
  piiLeak,
  length,
  tokens,
  latency,
  cost,
  perplexity,
  stringCheck,
  textSimilarity,
  multi,
  similarity,
  labelModel,
  scoreModel,
  multiModel,
  ...JUDGES,
  webhook,
  javascript,
];

/** THE list of scorers; everything else about scorers follows from it. */
export const SCORERS: readonly Scorer[] = [...LISTED, assertionsOver(LISTED)];

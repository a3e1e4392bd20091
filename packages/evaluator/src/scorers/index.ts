import type { Scorer } from "../define-scorer.ts";
import { contains } from "./contains.ts";
import { exactMatch } from "./exact-match.ts";
import { isJson } from "./is-json.ts";
import { jsonFields } from "./json-fields.ts";
import { jsonSchema } from "./json-schema.ts";
import { JUDGES } from "./judges/index.ts";
import { latency } from "./latency.ts";
import { levenshtein } from "./levenshtein.ts";
import { regex } from "./regex.ts";
import { tokens } from "./tokens.ts";

/** THE list of scorers; everything else about scorers follows from it. */
export const SCORERS: readonly Scorer[] = [
  exactMatch,
  contains,
  regex,
  isJson,
  jsonSchema,
  jsonFields,
  levenshtein,
  latency,
  tokens,
  ...JUDGES,
];

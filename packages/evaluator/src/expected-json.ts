import type { Case } from "@assay/core";
import { type ParsedJson, parseJson } from "./parse-json.ts";

/** The expectation as JSON. Text is read as JSON, so that files can hold it either way. */
export function expectedJson({ expected }: Pick<Case, "expected">): ParsedJson {
  if (expected === undefined) return { ok: false, message: "the case has no expectation" };
  if (typeof expected !== "string") return { ok: true, value: expected };
  const parsed = parseJson(expected);
  return parsed.ok ? parsed : { ok: false, message: `the expectation is not JSON: ${parsed.message}` };
}

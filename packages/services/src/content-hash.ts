import { hash } from "node:crypto";
import { canonicalJson } from "@assay/core";

/**
 * SHA-256 in lower-case hex over a value's canonical JSON: the name of everything that is immutable here.
 * @throws AppError `invalid_input` where the value is nested too deep.
 */
export function contentHash(value: unknown): string {
  return hash("sha256", canonicalJson(value));
}

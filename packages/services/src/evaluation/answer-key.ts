import type { GenerateRequest } from "@assay/core";
import { contentHash } from "../content-hash.ts";

/** What a request is sent to, by content. */
export interface AnswererHashes {
  /** Of a local model's file, or of how a hosted one is reached. */
  model: string;
  adapter: string | null;
  engineBuild: string;
}

/**
 * SHA-256 over everything an answer depends on: the whole request as it is sent, messages, sampling with its seed,
 * response format and tools; what answers it, by content; and which repeat it is, so that repeats stay independent.
 * The target itself is left out: paths, ids and secrets say where something lies and not what it is.
 */
export function answerKey(
  { target: _, ...request }: GenerateRequest,
  about: AnswererHashes & { repeat: number },
): string {
  return contentHash({ request, about });
}

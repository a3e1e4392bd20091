import type { GgufFacts } from "./model.ts";

/**
 * Port: reads the header of a GGUF file that a stranger sent, without native code. Both throw `model_file_invalid`
 * with a sentence that says what is wrong.
 */
export interface ModelFileChecks {
  checkModelFile(path: string): Promise<GgufFacts>;
  /** An adapter must fit its base tensor by tensor. */
  checkAdapterFile(path: string, basePath: string): Promise<{ rank: number; alpha: number }>;
}

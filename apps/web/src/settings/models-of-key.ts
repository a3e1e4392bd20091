import type { Key } from "@assay/core";

const USUAL_LABEL = "production";

/** What an app with the key asks for as `model`, in the order in which it was ticked; `known` are the prompts of the tenant. */
export function modelsOfKey(
  { prompts, labels }: Pick<Key, "prompts" | "labels">,
  known: readonly string[],
): string[] {
  return (prompts ?? known).flatMap((prompt) =>
    (labels ?? [USUAL_LABEL]).map((label) => `prompt:${prompt}@${label}`),
  );
}

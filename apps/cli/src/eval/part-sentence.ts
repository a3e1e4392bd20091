import type { FinishedSuite } from "./report-schema.ts";

/** What a run of a part of the cases is, in words that no reader can take for a gate's; undefined for a whole run. */
export function partSentence({ part }: FinishedSuite): string | undefined {
  if (part === undefined || part === null) return undefined;
  const of = part.of === null ? "of the dataset's" : `of ${part.of}`;
  const gate = part.hasGate ? "; the gate was not asked" : "";
  return `${part.cases} ${of} cases${gate}; a part is never evidence.`;
}

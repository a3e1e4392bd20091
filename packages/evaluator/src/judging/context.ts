import type { Case } from "@assay/core";
import { z } from "zod";
import type { JudgeView } from "./define-judge.ts";
import { textsOf } from "./judge-data.ts";

/** Which variable of the case holds what was retrieved. */
export const contextOption = z
  .string()
  .min(1)
  .max(64)
  .default("context")
  .describe("The variable of the case that holds the retrieved text, or a list of its pieces.");

/** Asks about the pieces of the context; a case without any gives nothing to ask about. */
export function withContext(
  testCase: Case,
  name: string,
  views: (context: string[]) => JudgeView[],
): JudgeView[] | { gap: string } {
  const context = textsOf(testCase, name);
  return context === undefined
    ? { gap: `the case has no context in its variable "${name}"` }
    : views(context);
}

/** The share of texts that hold, and the ones that do not. */
export function shareOfMarks(
  marks: readonly { text: string; holds: boolean }[],
  lacking: string,
): { share: number; detail: string } {
  const held = marks.filter(({ holds }) => holds).length;
  const others = marks.filter(({ holds }) => !holds).map(({ text }) => text);
  const found = `${held} of ${marks.length}`;
  return {
    share: held / marks.length,
    detail: others.length === 0 ? found : `${found}; ${lacking}: ${others.join(" | ")}`,
  };
}

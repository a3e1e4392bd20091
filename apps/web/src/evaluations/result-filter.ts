import type { CallInput } from "@assay/client";

/** Which results are shown, as the address has it. */
export interface ResultFilter {
  show?: "passed" | "notPassed" | "notScored" | "failed" | undefined;
  tag?: string | undefined;
}

type ListInput = Omit<CallInput<"listRunResults">, "cursor">;

const ASKED: Record<NonNullable<ResultFilter["show"]>, Pick<ListInput, "passed" | "status">> = {
  passed: { passed: "true" },
  notPassed: { passed: "false" },
  notScored: { status: "not_scored" },
  failed: { status: "failed" },
};

/** The very list that table and drawer share, so that the next case of one is the next of the other. */
export function resultListOf(runId: string, { show, tag }: ResultFilter): ListInput {
  return { runId, ...(show !== undefined && ASKED[show]), ...(tag !== undefined && { tag }) };
}

import { AppError, type Page, type RunResult } from "@assay/core";
import { cutResultRows } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { requireRun } from "./get-run.ts";
import { viewResult } from "./run-view.ts";

/** In the order of the dataset's cases, repeats of a case together. */
export async function listRunResults(
  context: Context,
  input: VerbInput<"listRunResults">,
): Promise<Page<RunResult>> {
  const { after, limit } = keysetOf(input);
  return await context.tenant.read(async (tx) => {
    const run = await requireRun(context, tx, input.runId);
    const { rows, isCut } = await cutResultRows(tx, {
      runId: run.id,
      ...(input.status !== undefined && { status: input.status }),
      ...(input.passed !== undefined && { passed: input.passed === "true" }),
      ...(input.tag !== undefined && { tag: input.tag }),
      ...(after !== undefined && { after: parsePlace(after) }),
      limit,
    });
    return pageOfRows({
      query: input,
      rows,
      isCut,
      toItem: viewResult,
      cursorOf: (row) => `${row.position}:${row.repeat}`,
    });
  });
}

function parsePlace(key: string): { position: number; repeat: number } {
  const match = /^(\d{1,9}):(\d{1,4})$/.exec(key);
  if (match === null) {
    throw new AppError("invalid_input", "The cursor is not one that this list returned.", {
      param: "cursor",
    });
  }
  return { position: Number(match[1]), repeat: Number(match[2]) };
}

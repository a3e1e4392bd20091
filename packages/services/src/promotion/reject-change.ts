import type { ChangeRequest } from "@assay/core";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { endChange } from "./end-change.ts";

/**
 * Rejects a change; an approval ends with it.
 * @throws AppError `conflict` for a request that has ended.
 */
export async function rejectChange(
  context: Context,
  { changeId, reason }: VerbInput<"rejectChange">,
): Promise<ChangeRequest> {
  const rejected = { status: "rejected", action: "change.reject", require: () => undefined } as const;
  return await endChange(context, { changeId, reason, ...rejected });
}

import { AppError, type ChangeRequest } from "@assay/core";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { endChange } from "./end-change.ts";

/**
 * Takes back what this key proposed, approved or not.
 * @throws AppError `scope_missing` for another key's proposal, `conflict` for a request that has ended.
 */
export async function withdrawChange(
  context: Context,
  { changeId, reason }: VerbInput<"withdrawChange">,
): Promise<ChangeRequest> {
  return await endChange(context, {
    changeId,
    reason,
    status: "withdrawn",
    action: "change.withdraw",
    require: ({ proposedBy }) => {
      if (proposedBy === actorOf(context)) return;
      throw new AppError(
        "scope_missing",
        "Only the key that proposed a change may withdraw it. Reject it instead.",
      );
    },
  });
}

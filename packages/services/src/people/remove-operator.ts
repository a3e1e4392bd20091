import { notFound } from "@assay/core";
import { insertPlatformAudit, setOperator } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";

/** Whoever holds the server's machine can always make another one. */
export async function removeOperator(
  { platform, operatorId }: OperatorContext,
  { userId }: VerbInput<"removeOperator">,
): Promise<undefined> {
  await platform.store.writePlatform(async (tx) => {
    if (!(await setOperator(tx, userId, false))) throw notFound("operator");
    await insertPlatformAudit(tx, {
      actor: `operator:${operatorId}`,
      action: "operator.remove",
      object: userId,
    });
  });
  platform.people.sessions.forgetUser(userId);
}

import { AppError, notFound, type Person } from "@assay/core";
import { findUserByEmail, insertPlatformAudit, lockUser, setOperator } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";

/**
 * Of people whom an operator invited; whom a tenant's identity provider made cannot be one.
 * @throws AppError `conflict` for an account whose e-mail only a tenant's invitation names: its admin may hold it.
 */
export async function addOperator(
  { platform, operatorId }: OperatorContext,
  { email }: VerbInput<"addOperator">,
): Promise<Person> {
  const person = await platform.store.writePlatform(async (tx) => {
    const found = await findUserByEmail(tx, email);
    // Held: a reset by a tenant's admin takes back what an operator vouched for.
    const user = found && (await lockUser(tx, found.id));
    if (user === undefined) throw notFound("person with this e-mail");
    if (!user.emailVerified) {
      throw new AppError(
        "conflict",
        "This account was made by a tenant's own invitation, so nobody has vouched for its e-mail. Make an operator of somebody whom an operator invited.",
      );
    }
    if (await setOperator(tx, user.id, true)) {
      const actor = `operator:${operatorId}`;
      await insertPlatformAudit(tx, { actor, action: "operator.add", object: user.id });
    }
    return { id: user.id, email: user.email, name: user.name };
  });
  platform.people.sessions.forgetUser(person.id);
  return person;
}

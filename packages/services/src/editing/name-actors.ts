import type { NamedActor } from "@assay/core";
import { findKeyNames, type TenantTx } from "@assay/store";

/** Names of keys by actor (`key:<id>`). */
export async function nameActors(
  tx: TenantTx,
  actors: readonly (string | null)[],
): Promise<(actor: string | null) => NamedActor | null> {
  const keyIds = actors.flatMap((actor) => (actor?.startsWith("key:") ? [actor.slice("key:".length)] : []));
  const names = await findKeyNames(tx, keyIds);
  return (actor) =>
    actor === null ? null : { actor, name: names.get(actor.slice(actor.indexOf(":") + 1)) ?? null };
}

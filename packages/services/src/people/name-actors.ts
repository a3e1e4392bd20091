import type { NamedActor } from "@assay/core";
import type { Context } from "../context.ts";
import { listActors } from "./list-actors.ts";

/** Names of whoever did something. Not to be called within a transaction of the tenant: people belong to none. */
export async function nameActors(
  context: Context,
  actors: readonly (string | null)[],
): Promise<(actor: string | null) => NamedActor | null> {
  const known = actors.filter((actor) => actor !== null);
  const { items } = known.length === 0 ? { items: [] } : await listActors(context, { actors: known.join() });
  const names = new Map(items.map(({ actor, name }) => [actor, name]));
  return (actor) => (actor === null ? null : { actor, name: names.get(actor) ?? null });
}

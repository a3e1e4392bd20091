import type { NamedActor } from "@assay/core";
import { findKeyNames, listUsersByIds } from "@assay/store";
import type { Context } from "../context.ts";

/**
 * What actors (`key:<id>`, `user:<id>`) are called. Only those are asked for that did something in this tenant, and no
 * more is told than their names. Not to be called within a transaction of the tenant: people belong to none.
 */
export async function nameActors(
  { platform, tenant }: Context,
  actors: readonly (string | null)[],
): Promise<(actor: string | null) => NamedActor | null> {
  const idsOf = (kind: string) => [
    ...new Set(actors.flatMap((actor) => (actor?.startsWith(kind) ? [actor.slice(kind.length)] : []))),
  ];
  const keys = await tenant.read((tx) => findKeyNames(tx, idsOf("key:")));
  const people = await platform.store.readPlatform((tx) => listUsersByIds(tx, idsOf("user:")));
  const names = new Map<string, string>([
    ...[...keys].map(([id, name]) => [`key:${id}`, name] as const),
    ...people.map(({ id, name }) => [`user:${id}`, name] as const),
  ]);
  return (actor) => (actor === null ? null : { actor, name: names.get(actor) ?? null });
}

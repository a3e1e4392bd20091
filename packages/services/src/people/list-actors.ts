import type { NamedActor } from "@assay/core";
import { findKeyNames, findMemberIds, listUsersByIds } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";

/** What keys and members of the tenant are called now. Whoever is neither, any more or ever, has no name here. */
export async function listActors(
  { tenant, platform }: Context,
  { actors }: VerbInput<"listActors">,
): Promise<{ items: NamedActor[] }> {
  const asked = [...new Set(actors.split(","))];
  const idsOf = (kind: string) =>
    asked.filter((actor) => actor.startsWith(kind)).map((actor) => actor.slice(kind.length));
  const { keys, memberIds } = await tenant.read(async (tx) => ({
    keys: await findKeyNames(tx, idsOf("key:")),
    memberIds: await findMemberIds(tx, idsOf("user:")),
  }));
  const people = await platform.store.readPlatform((tx) => listUsersByIds(tx, memberIds));
  const names = new Map<string, string>([
    ...[...keys].map(([id, name]) => [`key:${id}`, name] as const),
    ...people.map(({ id, name }) => [`user:${id}`, name] as const),
  ]);
  return { items: asked.map((actor) => ({ actor, name: names.get(actor) ?? null })) };
}
